const config = require('@rancher/shell/vue.config');

// A Dashboard that has our package compiled in refuses the copy that a Rancher serves, without a word. So a build
// leaves it out and the extension is loaded as in production; the dev server against a real Rancher keeps it in.
const excludes = process.env.API ? [] : ['node-pressure'];

module.exports = config(__dirname, { excludes });
