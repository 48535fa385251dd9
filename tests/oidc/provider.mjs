// A real OpenID provider on loopback for the tests: node provider.mjs '<configuration as JSON>'.
// {"port", "redirect", "home", "accounts": {login: claims}, "id_token_seconds", "in_id_token"}
import Provider from 'oidc-provider';

const given = JSON.parse(process.argv[2]);
const issuer = `http://127.0.0.1:${given.port}`;
const ROLES = ['roles', 'resource_access', 'groups'];

const client = (id) => ({
  client_id: id,
  client_secret: `geheim-van-${id}`,
  redirect_uris: [given.redirect],
  post_logout_redirect_uris: [given.home],
});

const provider = new Provider(issuer, {
  clients: [client('balie'), client('iets-anders')],
  claims: { openid: ['sub', ...ROLES], email: ['email', 'email_verified'], profile: ['name'] },
  // false: as Keycloak and Entra do, which put everything in the ID token; true: by the letter, the rest at userinfo.
  conformIdTokenClaims: !given.in_id_token,
  pkce: { required: () => true },
  ttl: { IdToken: given.id_token_seconds, AccessToken: 300, AuthorizationCode: 60, Grant: 300, Interaction: 300, Session: 300 },
  cookies: { keys: ['alleen voor deze test'] },
  findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...given.accounts[sub] }) }),
});

provider.listen(given.port, '127.0.0.1', () => console.log('klaar'));
