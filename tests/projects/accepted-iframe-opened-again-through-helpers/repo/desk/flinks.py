from urllib.parse import urlencode

from flask import Blueprint, current_app, redirect
from flask_login import current_user

bp = Blueprint("flinks", __name__)


@bp.get("/flinks/resume")
def resume():
    base = current_app.config["FLINKS_IFRAME_URL"]
    return redirect(base + "?" + urlencode({"loginId": current_user.flinks_login_id}))


@bp.get("/flinks/accounts")
def accounts():
    return redirect(connect_url(loginId=current_user.flinks_login_id))
