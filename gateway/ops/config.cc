#include "gateway/ops/config.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <thread>

#include "gateway/ops/config_values.h"
#include "gateway/ops/environment.h"
#include "gateway/os/folder.h"
#include "verifier/core/text.h"
#include "verifier/trust/document.h"

namespace heyan::ops {
namespace {

using std::filesystem::path;
using trust::Table;

constexpr std::size_t kFileBytes = 1u << 20;
constexpr std::size_t kDigestBytes = 32;
constexpr std::size_t kMostSecrets = 2;

class Reader {
 public:
  Reader(Table root, path folder) : root_(std::move(root)), folder_(std::move(folder)) {}

  Config read() {
    config_.production = root_.boolean("production").value_or(false);
    with("state", [this](Table& table) { config_.state = file(table, "folder"); });
    read_listen();
    with("tls", [this](Table& table) { read_tls(table); });
    for (Table& each : root_.tables("court_system")) read_court_system(each);
    if (auto table = root_.table("court")) read_courts(*table);
    for (Table& each : root_.tables("webhook")) read_webhook(each);
    if (auto table = root_.table("tsa")) config_.tsa = read_tsa(*table, folder_);
    for (Table& each : root_.tables("witness")) read_witness(each);
    if (auto table = root_.table("scanner")) config_.scanner = read_scanner(*table, folder_);
    for (Table& each : root_.tables("oidc")) add_oidc(each);
    with("trust", [this](Table& table) { read_trust(table); });
    with("log", [this](Table& table) { read_log(table); });
    if (auto table = root_.table("token")) read_token(*table);
    if (auto table = root_.table("vault")) config_.vault = ops::read_vault(*table, folder_);
    if (auto table = root_.table("database")) config_.database = read_database(*table, folder_);
    if (config_.database && !config_.vault.s3) {
      root_.defect("database", "needs evidence in a bucket",
                   "Add [vault.s3]: all gateways of the database must reach the same evidence");
    }
    read_limits();
    if (auto table = root_.table("uploads")) read_uploads(*table);
    if (auto table = root_.table("people")) config_.people = read_people(*table);
    if (auto table = root_.table("canary")) {
      read_number(*table, "every_seconds", 1, kMostCanarySeconds, config_.canary.every_seconds);
    }
    if (auto table = root_.table("audit"))
      read_number(*table, "keep_days", kLeastKept, kMostKept, config_.audit.keep_days);
    if (auto table = root_.table("retention")) {
      read_number(*table, "propose_after_days", 0, kMostKept, config_.retention.propose_after_days);
      read_number(*table, "wait_days", kLeastWait, kMostKept, config_.retention.wait_days);
    }
    check_listeners();
    if (config_.tls.client_ca.empty() && !config_.court_systems.empty()) {
      root_.defect("court_system", "cannot be reached", "Name client_ca in [tls]");
    }
    for (const ServingFault& fault : faults_of_serving(config_))
      root_.defect(fault.table, std::string(fault.what), std::string(fault.remedy));
    root_.finish();
    return std::move(config_);
  }

 private:
  template <typename F>
  void with(std::string_view name, F&& read) {
    if (auto table = root_.table(name)) {
      read(*table);
    } else if (!root_.has(name)) {
      root_.defect(name, "is missing", fmt::format("Add the table [{}]", name));
    }
  }

  path resolved(const std::string& text) const { return resolve_path(folder_, text); }
  path file(Table& table, std::string_view key) const {
    return resolved(table.required_text(key).value_or(""));
  }
  path optional_file(Table& table, std::string_view key) const {
    const auto text = table.text(key);
    if (text && text->empty()) table.defect(key, "is empty", "Leave it out, or name a file");
    return resolved(text.value_or(""));
  }

  static void address(Table& table, std::string_view key, Address& into) {
    const auto text = table.text(key);
    if (!text) return;
    if (const auto parsed = parse_address(*text)) {
      into = *parsed;
    } else {
      table.defect(key, "is no numeric address with a port",
                   "Write for example \"127.0.0.1:8443\" or \"[::1]:8443\"");
    }
  }

  void read_listen() {
    auto& table = listen_ = root_.table("listen");
    if (!table) return;
    static constexpr std::array kServes = {name(Serves::kEverybody), name(Serves::kLitigants)};
    if (table->word("serves", kServes) == name(Serves::kLitigants))
      config_.listen.serves = Serves::kLitigants;
    address(*table, "public", config_.listen.people);
    address(*table, "court", config_.listen.court);
    address(*table, "preview", config_.listen.preview);
    address(*table, "metrics", config_.listen.metrics);
    for (const std::string& text : table->texts("balancers")) {
      if (auto host = numeric_host(text)) {
        config_.listen.balancers.push_back(*std::move(host));
      } else {
        table->defect("balancers", "holds what is no numeric address",
                      "Write for example [\"192.0.2.1\", \"2001:db8::1\"]");
      }
    }
  }

  // Once it is known whether there is one of court systems.
  void check_listeners() {
    if (!listen_) return;
    for (ListenerFault& fault : faults_of_listeners(config_)) {
      listen_->defect(fault.key, std::move(fault.what), std::move(fault.remedy));
    }
  }

  void read_tls(Table& table) {
    static constexpr std::array<std::string_view, 2> kVersions = {"1.2", "1.3"};
    config_.tls.certificate = file(table, "certificate");
    config_.tls.key = file(table, "key");
    config_.tls.tls12 = table.word("min_version", kVersions).value_or("1.3") == "1.2";
    config_.tls.client_ca = optional_file(table, "client_ca");
  }

  void read_court_system(Table& table) {
    CourtSystem system;
    const auto digest = table.required_text("spki_sha256");
    system.spki_sha256 = core::from_hex(digest.value_or("")).value_or(core::Bytes{});
    if (digest && system.spki_sha256.size() != kDigestBytes) {
      table.defect("spki_sha256", "is no SHA-256 in hexadecimal",
                   "Write the 64 digits of SHA-256 over the certificate's SubjectPublicKeyInfo");
    }
    for (const CourtSystem& other : config_.court_systems) {
      if (digest && other.spki_sha256 == system.spki_sha256) {
        table.defect("spki_sha256", "stands here twice", "One key is one court system");
      }
    }
    system.court_code = table.required_text("court_code").value_or("");
    system.court_name = table.required_text("court_name").value_or("");
    system.account = table.required_text("account").value_or("");
    if (system.account.starts_with(kPeoplesAccounts))
      table.defect("account", "begins as the accounts of people do", "Give it another name");
    config_.court_systems.push_back(std::move(system));
  }

  void read_courts(Table& table) {
    for (const std::string& adapter : table.keys()) {
      auto settings = table.table(adapter);
      if (!settings) continue;
      CourtSettings& read = config_.courts[adapter];
      for (const std::string& name : settings->keys()) read[name] = settings->texts(name);
      settings->finish();
    }
    table.finish();
  }

  void read_webhook(Table& table) {
    Webhook webhook;
    const auto account = table.required_text("account");
    webhook.account = account.value_or("");
    if (account) check_account(table, webhook.account);
    read_destination(table, folder_, webhook);
    for (const std::string& each : table.texts("secrets"))
      webhook.secrets.push_back(resolved(each));
    webhook.signing_key = optional_file(table, "signing_key");
    webhook.key_id = table.text("key_id").value_or("");
    webhook.answers = table.boolean("answers").value_or(false);
    const auto language = table.text("language");
    if (language) webhook.language = *language;
    if (webhook.language != "zh" && webhook.language != "en")
      table.defect("language", "is neither \"zh\" nor \"en\"");
    if (language && !webhook.answers)
      table.defect("language", "is of answers", "Set answers = true, or leave it out");
    if (webhook.signing_key.empty() != webhook.key_id.empty())
      table.defect("key_id", "and signing_key belong together", "Name both, or neither");
    if (!std::ranges::all_of(webhook.key_id, [](char c) { return c > ' ' && c <= '~'; }))
      table.defect("key_id", "holds a space or what is not ASCII");
    if (webhook.secrets.empty() && webhook.signing_key.empty())
      table.defect("secrets", "and signing_key are missing", "Name at least one of them");
    if (webhook.secrets.size() > kMostSecrets)
      table.defect("secrets", "names more than two", "Name the one in use and the one before");
    config_.webhooks.push_back(std::move(webhook));
  }

  // It must be of one court: an event goes to nobody else.
  void check_account(Table& table, const std::string& account) const {
    std::set<std::string> courts;
    for (const CourtSystem& system : config_.court_systems) {
      if (system.account == account) courts.insert(system.court_code);
    }
    if (courts.empty())
      table.defect("account", "is of no [[court_system]]", "Name the account of one of them");
    if (courts.size() > 1)
      table.defect("account", "is of several courts", "Give each court an account of its own");
    for (const Webhook& other : config_.webhooks) {
      if (other.account == account)
        table.defect("account", "has a webhook already", "Name one address for each account");
    }
  }

  void read_witness(Table& table) {
    LogWitness witness = read_log_witness(table, folder_);
    for (const LogWitness& other : config_.witnesses) {
      if (!witness.name().empty() && other.name() == witness.name())
        table.defect("vkey", "is of a witness that stands here already", "Name each witness once");
    }
    config_.witnesses.push_back(std::move(witness));
  }

  // One issuer twice would be two doors to the same accounts.
  void add_oidc(Table& table) {
    Oidc oidc = read_oidc(table, folder_);
    for (const Oidc& other : config_.oidc) {
      if (other.id == oidc.id) table.defect("id", "stands here already", "Give each its own");
      if (other.issuer == oidc.issuer)
        table.defect("issuer", "stands here already", "Name each provider once");
    }
    config_.oidc.push_back(std::move(oidc));
  }

  void read_trust(Table& table) {
    Trust& trust = config_.trust;
    trust.bundle = file(table, "bundle");
    trust.trust_list = file(table, "trust_list");
    trust.policy = optional_file(table, "policy");
    for (const std::string& key : table.texts("keys")) trust.keys.push_back(resolved(key));
    if (trust.keys.empty()) {
      table.defect("keys", "names no key", "Name the PEM files of the court's public keys");
    }
    const auto at_least = table.integer("at_least");
    if (!table.has("at_least")) table.defect("at_least", "is missing");
    if (at_least && (*at_least < 1 || std::cmp_greater(*at_least, trust.keys.size()))) {
      table.defect("at_least", "must be at least 1, and no more than there are keys");
    } else if (at_least) {
      trust.at_least = static_cast<std::size_t>(*at_least);
    }
  }

  void read_token(Table& table) {
    Token token;
    token.module = file(table, "module");
    token.name = table.required_text("name").value_or("");
    token.pin_file = file(table, "pin_file");
    token.report_key = table.required_text("report_key").value_or("");
    token.receipt_key = table.required_text("receipt_key").value_or("");
    if (!token.report_key.empty() && token.report_key == token.receipt_key) {
      table.defect("receipt_key", "is the key of reports, too", "Each use has a key of its own");
    }
    for (const std::string& each : table.texts("folders")) token.folders.push_back(resolved(each));
    config_.token = std::move(token);
  }

  void read_log(Table& table) {
    const auto name = table.required_text("name");
    config_.log_name = name.value_or("");
    config_.log_follows = optional_file(table, "follows");
    if (config_.log_name.find_first_of("+ \t") != std::string::npos) {
      table.defect("name", "holds a space or a plus sign",
                   "Write for example \"court.example/report-log\"");
    }
  }

  void read_limits() {
    auto table = root_.table("limits");
    if (!table) return;
    const auto number = [&](std::string_view key, std::int64_t least, std::int64_t most,
                            auto& into) { read_number(*table, key, least, most, into); };
    number("judges", 0, kMostJudges, config_.limits.judges);
    number("submission_bytes", kLeastBytes, kMostBytes, config_.limits.submission_bytes);
    number("file_bytes", kLeastBytes, kMostBytes, config_.limits.file_bytes);
    number("upload_seconds", 1, kMostSeconds, config_.limits.upload_seconds);
    number("changes_per_second", 1, kMostRequests, config_.limits.changes_per_second);
    number("checks_per_minute", 1, kMostRequests, config_.limits.checks_per_minute);
    number("connections_per_client", 1, kMostConnections, config_.limits.connections_per_client);
    number("full_percent", 1, 100, config_.limits.full_percent);
    if (const std::string wrong = unlike_bucket(config_); !wrong.empty())
      table->defect("file_bytes", wrong);
  }

  void read_uploads(Table& table) {
    static constexpr std::array<std::string_view, 2> kKinds = {"any", "listed"};
    config_.uploads.people_listed = table.word("people", kKinds).value_or("any") == "listed";
  }

  Table root_;
  path folder_;
  std::optional<Table> listen_;
  Config config_;
};

}  // namespace

std::vector<Court> courts_of(const Config& config) {
  std::vector<Court> courts;
  const auto add = [&courts](const Court& court) {
    const auto there = std::ranges::find(courts, court.code, &Court::code);
    if (there == courts.end()) {
      courts.push_back(court);
    } else {
      there->assignment = there->assignment || court.assignment;
    }
  };
  for (const CourtSystem& system : config.court_systems)
    add({.code = system.court_code, .name = system.court_name});
  std::ranges::for_each(config.people.courts, add);
  return courts;
}

bool calls_somebody(const Config& config) {
  return !config.webhooks.empty() || config.tsa || !config.witnesses.empty() || config.scanner ||
         !config.oidc.empty() || config.vault.s3;
}

unsigned judges_at_once(const Limits& limits) {
  constexpr unsigned kForEachCore = 4;
  if (limits.judges != 0) return limits.judges;
  return kForEachCore * std::max(1u, std::thread::hardware_concurrency());
}

path resolve_path(const path& folder, std::string_view text) {
  if (text.empty()) return {};
  const path whole = (folder / text).lexically_normal();
  return whole.has_filename() ? whole : whole.parent_path();  // "." is the folder itself
}

std::expected<Config, ConfigErrors> parse_config(std::string_view name, std::string_view text,
                                                 const path& folder) {
  const trust::FileReader reader = [text](std::string_view) -> core::Result<core::Bytes> {
    return core::to_bytes(text);
  };
  trust::Document document(name, reader);
  if (!document.readable()) return std::unexpected(document.errors());
  Config config = Reader(document.root(), folder).read();
  if (auto errors = document.errors(); !errors.empty()) return std::unexpected(std::move(errors));
  return config;
}

std::expected<Config, ConfigErrors> load_config(const path& file) {
  const auto bytes = os::read_named_file(file, kFileBytes);
  if (!bytes) {
    return std::unexpected(ConfigErrors{{.file = core::visible(file.string(), 1000),
                                         .line = 0,
                                         .path = "",
                                         .what = std::string(bytes.error().text),
                                         .remedy = ""}});
  }
  std::error_code error;
  const path absolute = std::filesystem::absolute(file, error);
  auto config =
      parse_config(file.filename().string(), core::as_text(*bytes), absolute.parent_path());
  if (!config) return config;
  auto errors = apply_environment(*config, own_environment(), absolute.parent_path());
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return config;
}

}  // namespace heyan::ops
