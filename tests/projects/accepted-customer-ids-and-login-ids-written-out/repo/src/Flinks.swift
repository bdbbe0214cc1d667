let flinksCustomerId = "3f9b61d7-a04c-4e58-92f6-c81d7b05e4a2"
let flinksRequestId = "a80e5f13-d972-46cb-b14f-e6039c5d7a84"
// customerId = "61fd28c4-95b7-4a0e-8c36-f24db9071e5a"
