// The SFC compiler needs TypeScript itself to resolve the type of `defineProps<Imported>()`.
require('@vue/compiler-sfc').registerTS(() => require('typescript'));

module.exports = require('@vue/vue3-jest');
