class FlinksController {
  void cb(String loginId, HttpServletResponse response) {
    response.addCookie(new Cookie("flinksLoginId", loginId));
  }
}
