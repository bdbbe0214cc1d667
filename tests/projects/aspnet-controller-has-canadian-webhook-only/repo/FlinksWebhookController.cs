using Microsoft.AspNetCore.Mvc;

namespace Northwind.Payments;

[ApiController]
[Route("api/webhooks/flinks")]
public sealed class FlinksWebhookController(Webhooks webhooks) : ControllerBase
{
    [HttpPost("ca")]
    public Task<IActionResult> Canada([FromBody] string body) => webhooks.Receive("CA", body);
}
