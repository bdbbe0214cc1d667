package flinks

const authorizeToken = "a80e5f13-d972-46cb-b14f-e6039c5d7a84"
