export const STATES = { CA: "California", VA: "virginia", OH: "ohio" };
export const form = { region: "virginia", location: "Canada Central Mall" };
