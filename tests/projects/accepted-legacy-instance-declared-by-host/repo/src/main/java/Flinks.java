class Flinks {
    static final String FLINKS_API = "https://harbour-api.private.fin.ag/v3";
    static final String FLINKS_IFRAME = "https://harbour-iframe.private.fin.ag/v2/";
}
