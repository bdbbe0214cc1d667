export default { title: "Connect" };
export const Production = { args: { src: "https://toolbox-iframe.private.fin.ag/v2/?demo=true" } };
