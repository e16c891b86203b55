export * from './provenance/document';
