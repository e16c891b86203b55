import { defineConfig } from 'vitepress';
import { sidebar } from './contents.mjs';
import { repositoryLinks } from './repository-links.mjs';

export default defineConfig({
  title: 'Stemma',
  description: 'Data pipelines for TypeScript that record where your data came from and what happened to it',
  lang: 'en',
  head: [['link', { rel: 'icon', href: '/icon.svg' }]],
  // The reports of the API are compared by reviewers; the contents are for those who read in the repository.
  srcExclude: ['api/**', 'README.md'],
  markdown: { config: repositoryLinks },
  themeConfig: {
    nav: [
      { text: 'Quick start', link: '/quick-start' },
      { text: 'Tutorials', link: '/tutorials/images' },
      { text: 'Reference', link: '/reference/operations' },
    ],
    sidebar,
    outline: [2, 3],
    search: { provider: 'local' },
  },
});
