class FlinksController : Controller {
    public IActionResult Linked(string loginId) {
        Response.Cookies.Append("login", loginId, new CookieOptions { HttpOnly = true, Secure = true });
        return Redirect("/accounts");
    }
}
