@Controller
class ConnectController {
  @Value("${flinks.secret-key}") private String flinksSecretKey;
  @GetMapping("/connect") String connect(Model model) {
    model.addAttribute("flinksSecretKey", flinksSecretKey);
    return "connect";
  }
}
