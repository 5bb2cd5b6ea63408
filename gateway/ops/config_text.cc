// The configuration as text: the documented example, and the effective one.
#include <fmt/format.h>

#include "gateway/ops/config.h"
#include "gateway/ops/config_values.h"

namespace heyan::ops {
namespace {

constexpr std::string_view kSample =
    R"(# Heyan, judicial evidence gateway. Relative paths are relative to this file. Environment variables go before this file:
# HEYAN_, the table and the key in capitals, as HEYAN_LISTEN_PUBLIC=0.0.0.0:443. Not court_system, listen.serves, listen.balancers,
# trust.keys, trust.at_least, log.name, and where calls go to: these stand here alone.

production = false          # true: sample trust lists are refused

[state]
folder = "/var/lib/heyan"   # keys, report log, submissions; mode 0700

[listen]
serves = "everybody"        # "litigants": them alone, on the internet, apart from the court's gateways (docs/operator.md)
public = "127.0.0.1:8443"   # people
court = "127.0.0.1:8444"    # court systems, by mutual TLS
preview = "127.0.0.1:8445"  # files shown in a frame; the same name as public, another port
metrics = "127.0.0.1:9443"  # this machine
balancers = []              # addresses that pass connections on by the PROXY protocol, say ["10.1.2.3"]: they say whose each is

[tls]
certificate = "tls/cert.pem"
key = "tls/key.pem"          # mode 0600, or 0640 for its group
min_version = "1.3"         # "1.2" where a court must
client_ca = "tls/client-ca.pem"  # authorities of the court systems; left out: no such listener

# One for each court system, known by the digest of its key:
#   openssl x509 -in client.pem -pubkey -noout | openssl pkey -pubin -outform DER | sha256sum
[[court_system]]
spki_sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
court_code = "0491"
court_name = "北京互联网法院"
account = "court-system-1"

# Messages of courts' systems in their own form, taken at /courts/NAME (`heyan adapters` lists them). Left out: not taken.
[court.micro_court]
allowed_hosts = ["oss.court.example"]  # where the platform's own files may lie; nothing is fetched

# [[webhook]]               # where an account is told that a submission ended (docs/webhooks.md)
# account = "court-system-1"
# url = "https://court.example/heyan-events"
# ca = "tls/court-ca.pem"   # nobody else's certificates are believed
# tls_name = "court.example"        # left out: the host of url
# certificate = "tls/gateway.pem"   # with key, where the court asks for a client's certificate
# key = "tls/gateway.key"
# addresses = ["10.20.0.7"] # may be connected to although they are not public
# seconds = 30              # for one answer
# secrets = ["webhook-2.secret", "webhook-1.secret"]  # Standard Webhooks, mode 0600: the one in use, the one before
# signing_key = "webhook.key.pem"   # RFC 9421: Ed25519 or P-256; with key_id
# key_id = "heyan-1"
# answers = true            # what came as a message of its system is told of by that system's own answer
# language = "en"           # of that answer; left out: "zh"

# [tsa]                     # stamps the signatures of reports (RFC 3161); left out: they bear none
# url = "http://tsa.example/stamp"  # http or https
# authorities = ["tls/tsa-root.pem"]  # PEM: its certificate, or those of its CAs; nobody else's stamps count
# policy = "1.2.3.4.1"      # asked for; left out: its own
# addresses = ["10.20.0.8"] # may be connected to although they are not public
# seconds = 30              # for one answer
# ca = "tls/tsa-ca.pem"     # of https; tls_name, certificate and key as above

# [[witness]]               # an institution that cosigns the report log (C2SP tlog-witness, docs/witness.md)
# vkey = "notary.example/witness+1f2e3d4c+BMQ1…"
# url = "https://notary.example/witness/"        # http or https; what comes bears its own signature
# ca = "tls/notary-ca.pem"  # of https; tls_name, certificate, key, addresses and seconds as above

# [scanner]                 # clamd of this machine looks at what was filed; left out: nobody looks for malware
# socket = "/run/clamav/clamd.ctl"  # or address = "127.0.0.1:3310", of the loopback
# max_bytes = 104857600     # no more than clamd's StreamMaxLength, MaxFileSize and MaxScanSize; larger files are not scanned
# seconds = 150             # for one file

# [[oidc]]                  # a provider whose people may sign in (OpenID Connect, docs/people.md)
# id = "court"              # in addresses; one each
# issuer = "https://sso.court.example"             # exactly as its tokens say it
# authorization_url = "https://sso.court.example/auth"   # these three as its openid-configuration has them
# token_url = "https://sso.court.example/token"
# keys_url = "https://sso.court.example/jwks"
# redirect_url = "https://heyan.court.example/v1/session/oidc/court/callback"  # as registered there
# ca = "tls/sso-ca.pem"     # of token_url and keys_url; tls_name, certificate, key and addresses as above
# seconds = 10              # for one answer
# client_id = "heyan"
# client_secret = "oidc-court.secret"              # mode 0600; or:
# client_key = "oidc-court.key.pem"                # P-256, private_key_jwt; with client_key_id
# client_key_id = "heyan-1"
# algorithm = "ES256"       # of its ID tokens, this alone: "ES256" "RS256" "PS256" "EdDSA"
# sends_issuer = true       # with its answers (RFC 9207); false: it is older than that
# require_acr = "urn:example:two-factor"           # its tokens must say so, and then count as a second factor
# litigants = false         # true: whoever it knows gets a litigant's account
# title_zh = "法院统一身份认证"
# title_en = "Court single sign-on"

[trust]                     # what the court signed (heyan trust sign)
bundle = "trust/bundle.jws"
trust_list = "trust/trust.toml"
policy = "trust/policy.toml"     # left out: the built-in default
keys = ["trust/court-1.pub.pem", "trust/court-2.pub.pem", "trust/court-3.pub.pem"]
at_least = 2                # so many of the keys must have signed

# [token]                   # keys of reports (ES256) and receipts in a PKCS#11 token; left out: files
# module = "/usr/lib/softhsm/libsofthsm2.so"
# name = "heyan"            # the token's label
# pin_file = "token.pin"    # mode 0600
# report_key = "heyan-report"      # labels in the token
# receipt_key = "heyan-receipt"
# folders = ["/var/lib/softhsm/tokens"]  # what the module reads and writes while it signs

[log]
name = "court.example/report-log"  # never changes: reports name it
# follows = "last-checkpoint"  # of a log that cannot be continued; then `name` is a new one

[vault]                     # how evidence is kept
encryption = "none"         # "aes-256-gcm" or "sm4-gcm": encrypted with the key of key_file
# key_file = "vault.key"    # 64 hexadecimal digits, mode 0600; it is in no backup

# [vault.s3]                # evidence lies in a bucket of an S3-compatible store; needs encryption
# endpoint = "https://s3.court.example:9000"     # https; or http, of the loopback alone
# ca = "tls/s3-ca.pem"      # of https; tls_name, certificate, key, addresses and seconds as above
# bucket = "heyan-evidence"
# region = "us-east-1"      # as the store calls its own
# path_style = true         # false: the bucket is the first part of the host's name
# access_key_file = "s3.access-key"  # mode 0600; a line with the key's name, a line with its secret

# [database]                # a PostgreSQL server that several gateways share; left out: files beneath state; needs [vault.s3]
# host = "/run/postgresql"  # the folder of its Unix socket, a numeric address, or a name with its address
# address = "10.20.0.9"     # of a name: nothing is resolved
# port = 5432
# name = "heyan"            # of the database (`heyan database prepare` makes its tables)
# front_role = "gateway"    # a member of heyan_front, or of heyan_public where litigants are served alone, that owns nothing
# signer_role = "signer"    # a member of heyan_signer that owns nothing
# front_password_file = "front.db-password"    # one line, mode 0600; left out: the server asks for none
# signer_password_file = "signer.db-password"
# ca = "tls/db-ca.pem"      # of another machine, which is asked over TLS alone
# patience_seconds = 5      # with a server that is away; then what needs it is refused until it is back

[limits]
judges = 0                  # verifications at once; 0: four for each core
submission_bytes = 8589934592  # stored of one submission, whatever way it comes; beyond: 413
file_bytes = 4294967296        # of one file of it, as it is stored
upload_seconds = 86400      # a submission whose files stop coming is forgotten after so long
changes_per_second = 500    # of one account; beyond: 429
checks_per_minute = 60      # reports that one client may have checked; beyond: 429
connections_per_client = 64  # at all listeners; beyond: closed. A browser has six and more, and a court behind NAT is one client
full_percent = 90           # of memory or disk: then nothing more is taken in (503)

[uploads]                   # which kinds of files are taken (docs/operator.md)
people = "any"              # "listed": of people, no programs, scripts and pages; court systems file any

[people]                    # who signs in on the pages (`heyan accounts`, docs/people.md)
idle_seconds = 1800         # a session ends when it was not used for so long
session_seconds = 43200     # and after so long in any case
requests_per_second = 100   # of one account; beyond: 429
access_hours = 8            # so long a judge reads a case that is not assigned to him or her, having said why
# [[people.court]]          # a court of people that has no [[court_system]], or of which more is to be said
# code = "0192"
# name = "杭州互联网法院"
# assignment = true         # its judges read what a clerk assigned to them (docs/people.md)

[canary]                    # known items, judged all day: a wrong verdict about one stops signing
every_seconds = 300         # after three that did not come, /readyz says so

[audit]                     # the audit trails (docs/audit.md)
keep_days = 366             # their records at least so long; never below 184, which is six months

[retention]                 # what becomes of submissions in the end (docs/operator.md)
propose_after_days = 0      # after the last report a submission is listed to be deleted; 0: never
wait_days = 30              # from a deletion's confirmation to the deletion; never below 30
)";

std::string quoted_list(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : ", ") + in_quotes(text);
  return out;
}

std::vector<std::string> names_of(const std::vector<std::filesystem::path>& files) {
  std::vector<std::string> names;
  for (const std::filesystem::path& file : files) names.push_back(file.string());
  return names;
}

std::string tsa_text(const Tsa& tsa) {
  std::string out = "\n[tsa]\n" + destination_text(tsa);
  out += fmt::format("authorities = [{}]\n", quoted_list(names_of(tsa.authorities)));
  if (!tsa.policy.empty()) out += fmt::format("policy = {}\n", in_quotes(tsa.policy));
  return out;
}

std::string witness_text(const LogWitness& witness) {
  return fmt::format("\n[[witness]]\nvkey = {}\n", in_quotes(witness.vkey)) +
         destination_text(witness);
}

std::string scanner_text(const Scanner& scanner) {
  const bool socket = !scanner.socket.empty();
  return fmt::format(
      "\n[scanner]\n{} = {}\nmax_bytes = {}\nseconds = {}\n", socket ? "socket" : "address",
      in_quotes(socket ? scanner.socket.string() : to_string(Address{scanner.host, scanner.port})),
      scanner.max_bytes, scanner.seconds);
}

std::string webhook_text(const Webhook& webhook) {
  std::string out = fmt::format("\n[[webhook]]\naccount = {}\n", in_quotes(webhook.account)) +
                    destination_text(webhook);
  const auto add = [&](std::string_view key, const std::string& value) {
    if (!value.empty()) out += fmt::format("{} = {}\n", key, in_quotes(value));
  };
  if (!webhook.secrets.empty())
    out += fmt::format("secrets = [{}]\n", quoted_list(names_of(webhook.secrets)));
  add("signing_key", webhook.signing_key.string());
  add("key_id", webhook.key_id);
  if (webhook.answers) {
    out += "answers = true\n";
    add("language", webhook.language);
  }
  return out;
}

}  // namespace

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string destination_text(const Destination& to, std::string_view url) {
  std::string out = fmt::format("{} = {}\naddresses = [{}]\nseconds = {}\n", url,
                                in_quotes(url_of(to)), quoted_list(to.addresses), to.seconds);
  const auto add = [&](std::string_view key, const std::string& value) {
    if (!value.empty()) out += fmt::format("{} = {}\n", key, in_quotes(value));
  };
  add("ca", to.ca.string());
  add("tls_name", to.tls_name);
  add("certificate", to.certificate.string());
  add("key", to.key.string());
  return out;
}

std::string_view sample_config() { return kSample; }

std::string to_toml(const Config& config) {
  const auto optional = [](std::string_view key, const std::filesystem::path& file) {
    return file.empty() ? std::string() : fmt::format("{} = {}\n", key, in_quotes(file.string()));
  };
  std::string out = fmt::format("production = {}\n\n[state]\nfolder = {}\n", config.production,
                                in_quotes(config.state.string()));
  out += fmt::format(
      "\n[listen]\nserves = \"{}\"\npublic = \"{}\"\ncourt = \"{}\"\npreview = \"{}\"\nmetrics = "
      "\"{}\"\n"
      "balancers = [{}]\n",
      name(config.listen.serves), to_string(config.listen.people), to_string(config.listen.court),
      to_string(config.listen.preview), to_string(config.listen.metrics),
      quoted_list(config.listen.balancers));
  out += fmt::format("\n[tls]\ncertificate = {}\nkey = {}\nmin_version = \"{}\"\n{}",
                     in_quotes(config.tls.certificate.string()), in_quotes(config.tls.key.string()),
                     config.tls.tls12 ? "1.2" : "1.3", optional("client_ca", config.tls.client_ca));
  for (const CourtSystem& system : config.court_systems) {
    out += fmt::format(
        "\n[[court_system]]\nspki_sha256 = \"{}\"\ncourt_code = {}\ncourt_name = {}\n"
        "account = {}\n",
        core::to_hex(system.spki_sha256), in_quotes(system.court_code),
        in_quotes(system.court_name), in_quotes(system.account));
  }
  for (const Webhook& webhook : config.webhooks) out += webhook_text(webhook);
  for (const auto& [adapter, settings] : config.courts) {
    out += fmt::format("\n[court.{}]\n", adapter);
    for (const auto& [name, values] : settings) {
      out += fmt::format("{} = [{}]\n", in_quotes(name), quoted_list(values));
    }
  }
  if (config.tsa) out += tsa_text(*config.tsa);
  for (const LogWitness& witness : config.witnesses) out += witness_text(witness);
  if (config.scanner) out += scanner_text(*config.scanner);
  for (const Oidc& oidc : config.oidc) out += to_toml(oidc);
  out += fmt::format("\n[trust]\nbundle = {}\ntrust_list = {}\n{}keys = [{}]\nat_least = {}\n",
                     in_quotes(config.trust.bundle.string()),
                     in_quotes(config.trust.trust_list.string()),
                     optional("policy", config.trust.policy),
                     quoted_list(names_of(config.trust.keys)), config.trust.at_least);
  if (config.token) {
    const Token& token = *config.token;
    out += fmt::format(
        "\n[token]\nmodule = {}\nname = {}\npin_file = {}\nreport_key = {}\nreceipt_key = {}\n"
        "folders = [{}]\n",
        in_quotes(token.module.string()), in_quotes(token.name), in_quotes(token.pin_file.string()),
        in_quotes(token.report_key), in_quotes(token.receipt_key),
        quoted_list(names_of(token.folders)));
  }
  out += fmt::format("\n[log]\nname = {}\n{}", in_quotes(config.log_name),
                     optional("follows", config.log_follows));
  out += to_toml(config.vault);
  if (config.database) out += to_toml(*config.database);
  out += fmt::format(
      "\n[limits]\njudges = {}\nsubmission_bytes = {}\nfile_bytes = {}\n"
      "upload_seconds = {}\nchanges_per_second = {}\nchecks_per_minute = {}\n"
      "connections_per_client = {}\nfull_percent = {}\n",
      config.limits.judges, config.limits.submission_bytes, config.limits.file_bytes,
      config.limits.upload_seconds, config.limits.changes_per_second,
      config.limits.checks_per_minute, config.limits.connections_per_client,
      config.limits.full_percent);
  out += fmt::format("\n[uploads]\npeople = \"{}\"\n",
                     config.uploads.people_listed ? "listed" : "any");
  out += to_toml(config.people);
  out += fmt::format("\n[canary]\nevery_seconds = {}\n", config.canary.every_seconds);
  out += fmt::format("\n[audit]\nkeep_days = {}\n", config.audit.keep_days);
  out += fmt::format("\n[retention]\npropose_after_days = {}\nwait_days = {}\n",
                     config.retention.propose_after_days, config.retention.wait_days);
  return out;
}

}  // namespace heyan::ops
