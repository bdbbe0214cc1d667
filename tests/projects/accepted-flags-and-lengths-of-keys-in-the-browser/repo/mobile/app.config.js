export default {
  expo: {
    extra: {
      flinks: { requiresSecret: false, useApiKey: true, hasSecret: Boolean(process.env.FLINKS_SECRET), secretLength: 36 },
    },
  },
};
