package config

import "github.com/caarlos0/env/v11"

// Config is read from the environment.
type Config struct {
	Port       int    `env:"PORT" envDefault:"8080"`
	FlinksURL  string `env:"FLINKS_URL" envDefault:"https://toolbox-api.private.fin.ag"`
	CustomerID string `env:"FLINKS_CUSTOMER_ID,required"`
}

// Load reads it.
func Load() (Config, error) {
	return env.ParseAs[Config]()
}
