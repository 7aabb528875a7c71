const base = require('@rancher/shell/pkg/vue.config')(__dirname);

module.exports = {
  ...base,
  chainWebpack: (config) => {
    // Types are checked once for the whole repository; here the checker would report the shell's own sources
    config.plugins.delete('fork-ts-checker');
  },
  configureWebpack: (config) => {
    base.configureWebpack(config);

    // The browser has a console: its polyfill would add 20 KB (gzip) to the package
    config.plugins
      .filter((plugin) => plugin.constructor.name === 'NodePolyfillPlugin')
      .forEach((plugin) => {
        plugin.options.excludeAliases = ['console'];
      });
  },
};
