require "sinatra"

get("/connect") { erb :connect }
