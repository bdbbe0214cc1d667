export const needsKey = import.meta.env.VITE_FLINKS_NEEDS_API_KEY;
export const askForKey = import.meta.env.VITE_FLINKS_API_KEY === "true";
