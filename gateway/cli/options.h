// What each command was asked to do. Values; see arguments.h for how they come about.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "schemas/catalogue/catalogue.h"
#include "verifier/core/time.h"
#include "verifier/report/text.h"

namespace heyan::cli {

enum class Format : std::uint8_t { kText, kHtml, kJson, kJws, kPdf, kXml, kZip };

// Where a report goes, and in which form.
struct ReportOptions {
  Format format = Format::kText;
  catalogue::Language language = catalogue::Language::kChinese;
  report::Level level = report::Level::kJudge;  // of text and page
  std::filesystem::path out;                    // empty: standard output
  std::filesystem::path keys;  // folder of `heyan keys new`, for kJws; verify alone signs
};

struct VerifyOptions {
  std::vector<std::string> cases;
  std::filesystem::path trust;   // empty: none
  std::filesystem::path policy;  // empty: the built-in default
  std::optional<core::UtcTime> at;
  std::filesystem::path record;  // empty: not written
  unsigned threads = 0;          // 0: one for each core
  ReportOptions report;
};

struct JudgeOptions {
  std::filesystem::path record;
  std::filesystem::path trust;   // empty: the one in the record
  std::filesystem::path policy;  // empty: the one in the record
  std::optional<core::UtcTime> at;
  ReportOptions report;
};

struct HashOptions {
  std::vector<std::string> files;
  std::vector<std::string> algorithms;  // empty: sha-256 and sm3
  Format format = Format::kText;        // or kJson
  unsigned threads = 0;
  catalogue::Language language = catalogue::Language::kChinese;
};

struct ReportVerifyOptions {
  std::filesystem::path report;   // JWS, PDF or bundle; empty: `statement`
  std::string statement;          // what was scanned from a printed report
  std::vector<std::string> keys;  // PEM files: certificates or public keys of issuers
  std::filesystem::path log;      // file with the key of the issuer's report log; empty: none known
  std::filesystem::path trust;    // of a bundle: the trust list that the user holds; empty: none
  std::filesystem::path renewal;  // evidence record over the file of the report; empty: none
  std::filesystem::path authorities;  // trust list whose [[tsa]] count for it
  std::optional<core::UtcTime> at;    // when the renewal is judged; nothing: now
  std::filesystem::path tsa;          // PEM: whose time stamps count; empty: nobody's
  catalogue::Language language = catalogue::Language::kChinese;
};

// One of `request`, `response` and `nodes` is given.
struct ReportRenewOptions {
  ReportVerifyOptions report;      // with its issuer and `authorities`
  std::filesystem::path into;      // the evidence record; empty: REPORT.ers
  std::filesystem::path request;   // write what an authority is to be asked, and stop
  std::filesystem::path response;  // what the authority answered
  std::filesystem::path nodes;     // ask the one of its [tsa]
  std::string algorithm;           // "sha-512"; empty: as before, SHA-256 at first
};

struct ReportDiffOptions {
  std::filesystem::path before;
  std::filesystem::path now;     // empty with `rejudge`
  bool rejudge = false;          // `before` is a record, judged then and today
  std::filesystem::path trust;   // today's; empty: the one in the record
  std::filesystem::path policy;  // today's; empty: the one in the record
  std::optional<core::UtcTime> at;
  ReportOptions report;
};

struct ReportCopyOptions {
  std::filesystem::path report;
  std::string reader;    // "court" "party" "opponent", or a party's id
  ReportOptions output;  // its language and place alone
};

struct ReportCheckOptions {
  ReportVerifyOptions report;
  std::vector<std::string> files;
};

struct AdaptersOptions {
  catalogue::Language language = catalogue::Language::kChinese;
};

// What an adapter makes of a message.
struct AdaptersTryOptions {
  std::string adapter;
  std::string file;                   // the message, or a whole HTTP request
  std::string content_type;           // of the message; empty: as the request says, or unknown
  std::vector<std::string> parts;     // "NAME=FILE"
  std::vector<std::string> settings;  // "NAME=TEXT"
  Format format = Format::kText;      // or kJson: case.json
  bool answer = false;                // print what the court's system would be told instead
  catalogue::Language language = catalogue::Language::kChinese;
};

struct ExplainOptions {
  std::string word;  // empty: list everything
  bool list = false;
  catalogue::Language language = catalogue::Language::kChinese;
};

struct TrustCheckOptions {
  std::filesystem::path file;
  std::optional<core::UtcTime> at;
  catalogue::Language language = catalogue::Language::kChinese;
};

struct SelftestOptions {
  catalogue::Language language = catalogue::Language::kChinese;
};

struct KeysNewOptions {
  std::filesystem::path folder;  // empty: those of the gateway that `config` configures
  std::filesystem::path config;
  std::string name = "Heyan report signing (local)";  // CN of the certificates
  catalogue::Language language = catalogue::Language::kChinese;
};

struct KeysRenewOptions {
  std::filesystem::path folder;  // empty: those of the gateway that `config` configures
  std::filesystem::path config;
  bool only_look = false;
  catalogue::Language language = catalogue::Language::kChinese;
};

struct TrustSignOptions {
  std::filesystem::path trust;
  std::filesystem::path policy;   // empty: the built-in default
  std::vector<std::string> keys;  // PEM files of private keys
  std::filesystem::path out;
  std::string id;                       // empty: that of the trust list
  std::optional<std::int64_t> version;  // otherwise that of the trust list
  std::optional<core::UtcTime> next_update;
  catalogue::Language language = catalogue::Language::kChinese;
};

struct ConfigCheckOptions {
  std::filesystem::path file;
  bool before_start = false;  // dates of certificates keep no gateway from starting
  catalogue::Language language = catalogue::Language::kChinese;
};

struct ConfigShowOptions {
  std::filesystem::path file;  // empty: the documented example
  catalogue::Language language = catalogue::Language::kChinese;
};

struct LogShowOptions {
  std::filesystem::path folder;  // published files of a report log
  std::uint64_t from = 0;
  std::optional<std::uint64_t> to;  // the last one; otherwise the log's
  Format format = Format::kText;
  catalogue::Language language = catalogue::Language::kChinese;
};

struct LogAuditOptions {
  std::filesystem::path folder;
  std::filesystem::path key;    // log.vkey; empty: the signature is not checked
  std::filesystem::path since;  // a checkpoint that was kept; empty: none
  std::optional<core::UtcTime> at;
  Format format = Format::kText;
  catalogue::Language language = catalogue::Language::kChinese;
};

struct AuditVerifyOptions {
  std::vector<std::filesystem::path> folders;
  std::filesystem::path log;  // published files of the report log; empty: no head is compared
  std::filesystem::path key;  // log.vkey; empty: the log's signature is not checked
  Format format = Format::kText;
  catalogue::Language language = catalogue::Language::kChinese;
};

struct LogRenewOptions {
  std::filesystem::path config;
  std::filesystem::path log;  // published files of the old log; empty: none
  bool also_unasked = false;
  catalogue::Language language = catalogue::Language::kChinese;
};

struct BackupOptions {
  std::filesystem::path config;
  std::filesystem::path out;
  std::filesystem::path since;  // empty: none
  bool with_keys = false;
  catalogue::Language language = catalogue::Language::kChinese;
};

struct BackupVerifyOptions {
  std::filesystem::path folder;
  std::filesystem::path vault_key;  // empty: what is encrypted is not opened
  catalogue::Language language = catalogue::Language::kChinese;
};

struct RestoreOptions {
  std::filesystem::path folder;
  std::filesystem::path config;
  std::filesystem::path keys;  // empty: those in the backup
  std::filesystem::path log;   // published files of the old log; empty: none
  bool also_unasked = false;
  catalogue::Language language = catalogue::Language::kChinese;
};

struct AccountsOptions {
  enum class Act : std::uint8_t {
    kAdd,
    kList,
    kDisable,
    kEnable,
    kReset,
    kLink,
    kUnlink,
    kIdentities
  };
  Act act = Act::kList;
  std::filesystem::path config;
  std::string account;
  std::string role;
  std::string court;  // its code
  std::string name;
  bool ask_password = false;  // otherwise one is made
  catalogue::Language language = catalogue::Language::kChinese;
  std::string issuer;
  std::string subject;
};

struct DatabasePrepareOptions {
  std::filesystem::path config;
  std::string owner;                    // role
  std::filesystem::path password_file;  // empty: the server asks for none
  catalogue::Language language = catalogue::Language::kChinese;
};

struct DatabaseReplayOptions {
  std::filesystem::path config;
  std::filesystem::path log;  // published files of the old log
  bool also_unasked = false;
  catalogue::Language language = catalogue::Language::kChinese;
};

struct ProofFetchOptions {
  std::filesystem::path nodes;  // which nodes may be asked
  std::string ledger;
  std::string transaction;      // hash, or id
  std::filesystem::path trust;  // empty: none; then nothing is verified
  std::filesystem::path out;    // empty: standard output
  catalogue::Language language = catalogue::Language::kChinese;
};

struct HeadersImportOptions {
  std::vector<std::string> files;
  std::filesystem::path checkpoints;
  std::filesystem::path into;
  catalogue::Language language = catalogue::Language::kChinese;
};

struct WitnessNewOptions {
  std::filesystem::path folder;
  std::string name;               // of its key
  std::vector<std::string> logs;  // files with vkeys
  std::string listen;             // "127.0.0.1:8460"; empty: that
  catalogue::Language language = catalogue::Language::kChinese;
};

struct WitnessRunOptions {
  std::filesystem::path folder;
  catalogue::Language language = catalogue::Language::kChinese;
};

struct ServeOptions {
  std::filesystem::path config;  // empty: the one in `state`, made where there is none
  std::filesystem::path state = "heyan-state";  // of an installation for development
  std::filesystem::path sample;  // folder of its trust list; empty: the one installed
  unsigned port = 8443;
  bool prepare = false;  // make the installation, and leave
  catalogue::Language language = catalogue::Language::kChinese;
};

using Command =
    std::variant<VerifyOptions, JudgeOptions, HashOptions, ReportVerifyOptions, ReportDiffOptions,
                 ReportCopyOptions, ReportCheckOptions, ReportRenewOptions, AdaptersOptions,
                 AdaptersTryOptions, ExplainOptions, TrustCheckOptions, SelftestOptions,
                 KeysNewOptions, KeysRenewOptions, TrustSignOptions, ConfigCheckOptions,
                 ConfigShowOptions, ServeOptions, LogShowOptions, LogAuditOptions, LogRenewOptions,
                 AuditVerifyOptions, BackupOptions, BackupVerifyOptions, RestoreOptions,
                 AccountsOptions, DatabasePrepareOptions, DatabaseReplayOptions, ProofFetchOptions,
                 HeadersImportOptions, WitnessNewOptions, WitnessRunOptions>;

}  // namespace heyan::cli
