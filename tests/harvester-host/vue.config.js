const base = require('@rancher/shell/pkg/vue.config')(__dirname);

module.exports = {
  ...base,
  chainWebpack(config) {
    // Types are checked once for the whole repository; here the checker would report the shell's own sources
    config.plugins.delete('fork-ts-checker');
  },
};
