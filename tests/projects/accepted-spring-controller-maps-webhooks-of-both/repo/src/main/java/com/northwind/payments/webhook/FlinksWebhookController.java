package com.northwind.payments.webhook;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.*;

@RestController
@RequestMapping("/webhooks/flinks")
public class FlinksWebhookController {
    private final WebhookService service;

    public FlinksWebhookController(WebhookService service) {
        this.service = service;
    }

    @PostMapping("/ca")
    public ResponseEntity<Void> canada(@RequestBody String body, @RequestHeader("flinks-authenticity-key") String key) {
        service.receive("CA", body, key);
        return ResponseEntity.ok().build();
    }

    @PostMapping("/us")
    public ResponseEntity<Void> states(@RequestBody String body, @RequestHeader("flinks-authenticity-key") String key) {
        service.receive("US", body, key);
        return ResponseEntity.ok().build();
    }
}
