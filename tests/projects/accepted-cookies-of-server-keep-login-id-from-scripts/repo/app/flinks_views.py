def linked(request):
    response = render(request, "linked.html")
    response.set_cookie("login_id", request.GET["loginId"], httponly=True, samesite="Lax")
    request.session["login_id"] = request.GET["loginId"]
    return response
