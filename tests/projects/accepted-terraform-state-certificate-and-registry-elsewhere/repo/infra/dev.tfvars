flinks_instance = "toolbox"
