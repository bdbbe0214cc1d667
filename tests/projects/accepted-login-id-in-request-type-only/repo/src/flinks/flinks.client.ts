export class FlinksClient {
  async authorize({ loginId, mostRecentCached }: { loginId: string; mostRecentCached: boolean }) {
    return fetch(`${process.env.FLINKS_BASE_URL}/BankingServices/Authorize`, {
      method: 'POST',
      body: JSON.stringify({ LoginId: loginId, MostRecentCached: mostRecentCached }),
    });
  }
}
