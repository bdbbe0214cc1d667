public class ConnectController : Controller {
    public IActionResult Show() {
        ViewBag.FlinksSecretKey = _configuration["Flinks:SecretKey"];
        ViewData["FlinksApiKey"] = _configuration["Flinks:ApiKey"];
        return View();
    }
    public IActionResult Config() => Json(new { flinksSecretKey = _configuration["Flinks:SecretKey"] });
}
