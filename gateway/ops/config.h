// The configuration of a gateway: one commented TOML file that each of its programs reads for
// itself.
//
// Strict: an unknown key is an error that names its line and the nearest key. Relative paths are
// relative to the folder of the file. Secrets stand in files of their own, never here. Threat: who
// may write this file decides whom the court believes; it belongs to whoever installs. Values.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/ops/database.h"
#include "gateway/ops/destination.h"
#include "gateway/ops/log_witness.h"
#include "gateway/ops/oidc.h"
#include "gateway/ops/people.h"
#include "gateway/ops/scanner.h"
#include "gateway/ops/serves.h"
#include "gateway/ops/tsa.h"
#include "gateway/ops/vault.h"
#include "verifier/core/bytes.h"
#include "verifier/trust/table.h"

namespace heyan::ops {

struct Address {
  std::string host;  // numeric: "127.0.0.1", "::1"
  std::uint16_t port = 0;
  bool operator==(const Address&) const = default;
};
std::string to_string(const Address& address);  // "127.0.0.1:8443", "[::1]:8443"
// A numeric address as it is usually written, one of IPv4 without IPv6 around it. Nothing: none.
std::optional<std::string> numeric_host(const std::string& text);

struct Listen {
  Serves serves = Serves::kEverybody;
  Address people{"127.0.0.1", 8443};   // [listen] public: everybody
  Address court{"127.0.0.1", 8444};    // court systems, by mutual TLS
  Address preview{"127.0.0.1", 8445};  // files shown in a frame: an origin of their own
  Address metrics{"127.0.0.1", 9443};  // this machine
  // Numeric addresses of what passes connections on and says whose they are, by the PROXY protocol.
  std::vector<std::string> balancers;
};

struct Tls {
  std::filesystem::path certificate;  // PEM, the server's own certificate first
  std::filesystem::path key;          // PEM
  bool tls12 = false;                 // min_version = "1.2"; otherwise "1.3"
  std::filesystem::path client_ca;    // PEM: authorities of court systems; empty: no such listener
};

// A court system is known by the digest of its key, never by a name in a certificate.
struct CourtSystem {
  core::Bytes spki_sha256;  // 32 bytes
  std::string court_code;
  std::string court_name;
  std::string account;
};

// [court.NAME]: the front takes messages of that adapter (court_adapters/NAME) at /courts/NAME. Its
// settings, each an array of texts; whoever holds the adapters knows which there are.
using CourtSettings = std::map<std::string, std::vector<std::string>, std::less<>>;

// Where a court system's account is told that a submission ended (docs/webhooks.md).
struct Webhook : Destination {
  std::string account;
  // Of Standard Webhooks, one "whsec_…" a file: while a secret is being replaced, the old and the
  // new one.
  std::vector<std::filesystem::path> secrets;
  std::filesystem::path signing_key;  // PEM, Ed25519 or P-256, for RFC 9421; empty: none
  std::string key_id;                 // of that key
  // What came as a message of the court's system is told of by that system's own answer.
  bool answers = false;
  std::string language = "zh";  // of that answer: "zh" "en"
};

// See verifier/trust/bundle.h.
struct Trust {
  std::filesystem::path bundle;
  std::filesystem::path trust_list;
  std::filesystem::path policy;             // empty: the built-in default
  std::vector<std::filesystem::path> keys;  // PEM, the court's public keys
  std::size_t at_least = 0;                 // so many of them must have signed
};

// [token]: the ES256 keys of reports and receipts in a PKCS#11 token (gateway/keys/token.h) instead
// of files beneath state/keys.
struct Token {
  std::filesystem::path module;  // the maker's library
  std::string name;              // the token's label
  std::filesystem::path pin_file;
  std::string report_key;  // labels
  std::string receipt_key;
  std::vector<std::filesystem::path> folders;  // what the module reads and writes while it signs
};

struct Limits {
  unsigned judges = 0;  // at once; 0: four for each core, since they wait for the disk, too
  std::uint64_t submission_bytes = 8ull << 30;
  std::uint64_t file_bytes = 4ull << 30;
  unsigned upload_seconds = 86'400;   // unfinished submissions live so long after their last byte
  unsigned changes_per_second = 500;  // of one account: POST and PATCH
  unsigned checks_per_minute = 60;    // of one client: reports handed in to be checked
  unsigned connections_per_client = 64;  // at all listeners together
  unsigned full_percent = 90;            // of memory or disk: then nothing more is taken in
};

// [uploads]: which kinds of files are taken.
struct Uploads {
  // people = "listed": of people, those of verifier/uploads/file_kinds.h alone; otherwise "any".
  bool people_listed = false;
};

// [canary]: known items, judged all day (gateway/canary).
struct Canary {
  unsigned every_seconds = 300;  // three missed are late
};

// [audit]: the audit trails (gateway/audit).
struct Audit {
  unsigned keep_days = 366;  // their records at least so long
};

// [retention]: what becomes of submissions in the end (store/deletions.h).
struct Retention {
  // So long after its last report a submission is proposed to be deleted; nobody deletes it for
  // that. 0: none is.
  unsigned propose_after_days = 0;
  unsigned wait_days = 30;  // from a deletion's confirmation to the deletion: at least 30
};

// How an account of a person begins, as what it filed names it: no court system's does.
inline constexpr std::string_view kPeoplesAccounts = "person:";

struct Config {
  bool production = false;  // refuses sample trust lists
  std::filesystem::path state;
  Listen listen;
  Tls tls;
  std::vector<CourtSystem> court_systems;
  std::map<std::string, CourtSettings, std::less<>> courts;  // by adapter
  std::vector<Webhook> webhooks;                             // at most one an account
  std::optional<Tsa> tsa;                                    // [tsa]: stamps what is signed here
  std::vector<LogWitness> witnesses;                         // [[witness]], names unique
  std::optional<Scanner> scanner;                            // [scanner]: looks at what is filed
  std::vector<Oidc> oidc;                                    // [[oidc]], ids and issuers unique
  Trust trust;
  std::optional<Token> token;
  std::filesystem::path log_follows;  // [log] follows: last checkpoint of the log before; or empty
  std::string log_name;               // name of the log's key and its origin
  Vault vault;
  std::optional<Database> database;  // [database]: shared with other gateways; else files
  Limits limits;
  Uploads uploads;
  People people;
  Canary canary;
  Audit audit;
  Retention retention;
};

// The courts that are served: each code once, those of the court systems first.
std::vector<Court> courts_of(const Config& config);

// Whether heyan-egress has anything to do.
bool calls_somebody(const Config& config);

// At least one.
unsigned judges_at_once(const Limits& limits);

using ConfigErrors = std::vector<trust::ConfigError>;

// Every defect, in the order of the lines. `folder` is put before relative paths.
std::expected<Config, ConfigErrors> parse_config(std::string_view name, std::string_view text,
                                                 const std::filesystem::path& folder);
// The same of a file; then the environment's variables go before what it says (environment.h).
std::expected<Config, ConfigErrors> load_config(const std::filesystem::path& file);

// What parse_config reads as the same values: the effective configuration.
std::string to_toml(const Config& config);

// A commented example with every key.
std::string_view sample_config();

}  // namespace heyan::ops
