// `@salesforce/client/formFactor`: the kind of device the page was opened on.
export default window.matchMedia('(max-width: 47.99em)').matches ? 'Small' : 'Large';
