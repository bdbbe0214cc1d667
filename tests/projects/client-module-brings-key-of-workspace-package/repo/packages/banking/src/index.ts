export { flinksClient } from './flinks'
