def joined(login_id):
    print("joined", login_id)
