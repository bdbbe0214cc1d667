const config = require("config");

exports.api = config.get("flinks.apiUrl");
exports.iframe = config.get("flinks.iframeUrl");
