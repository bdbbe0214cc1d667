import os
from flask import Flask, jsonify, render_template
app = Flask(__name__)
FLINKS_SECRET_KEY = os.environ["FLINKS_SECRET_KEY"]

@app.route("/connect")
def connect():
    return render_template("connect.html", flinks_secret_key=FLINKS_SECRET_KEY, iframe=os.environ["FLINKS_IFRAME_URL"])

@app.route("/config")
def config():
    return jsonify({"flinks_api_key": os.environ["FLINKS_X_API_KEY"]})

@app.route("/ok")
def ok():
    token = authorize(FLINKS_SECRET_KEY)
    return jsonify({"authorize_token": token})

def nginx():
    return render_template("nginx.conf.j2", flinks_secret_key=FLINKS_SECRET_KEY)
