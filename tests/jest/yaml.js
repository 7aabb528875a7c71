const yaml = require('js-yaml');

module.exports = { process: (source) => ({ code: `module.exports = ${ JSON.stringify(yaml.load(source)) };` }) };
