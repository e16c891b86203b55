/** VitePress's own theme with the fonts of the reader's system: the site loads nothing from other servers. */
import DefaultTheme from 'vitepress/theme-without-fonts';
import './style.css';

export default DefaultTheme;
