const config = require('@rancher/shell/vue.config');

// A Dashboard that has our package compiled in refuses the copy that a Rancher serves, without a word. So a build
// leaves it out and the extension is loaded as in production; the dev server against a real Rancher keeps it in.
const excludes = process.env.API ? [] : ['node-pressure'];
const base = config(__dirname, { excludes });

module.exports = {
  ...base,
  chainWebpack(webpack) {
    base.chainWebpack?.(webpack);
    // Types are checked once for the whole repository; here the checker would only report the shell's own sources
    webpack.plugins.delete('fork-ts-checker');
  },
};
