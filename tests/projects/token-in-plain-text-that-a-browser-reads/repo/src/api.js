export const get = () => fetch(`${process.env.REACT_APP_FLINKS_API_URL}/x`, { headers: { Authorization: `Bearer ${process.env.REACT_APP_FLINKS_TOKEN}` } });
