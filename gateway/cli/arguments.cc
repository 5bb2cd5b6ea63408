// What may be typed. CLI11 is seen here, in common_options.h and in command_names.h alone.
#include "gateway/cli/arguments.h"

#include <CLI/CLI.hpp>

#include "gateway/cli/accounts_arguments.h"
#include "gateway/cli/argument_checks.h"
#include "gateway/cli/audit_arguments.h"
#include "gateway/cli/backup_arguments.h"
#include "gateway/cli/command_names.h"
#include "gateway/cli/common_options.h"
#include "gateway/cli/database_arguments.h"
#include "gateway/cli/help.h"
#include "gateway/cli/log_arguments.h"
#include "gateway/cli/witness_arguments.h"
#include "gateway/ops/version.h"

namespace heyan::cli {
namespace {

// Adds the commands and keeps what they were given. One use.
class Reader {
 public:
  Reader() {
    app_.name("heyan");
    app_.formatter(std::make_shared<BriefLists>());  // before the commands, which inherit it
    app_.set_version_flag("--version", "heyan " + std::string(ops::software_version()));
    app_.require_subcommand(1);
    add_verify();
    add_hash();
    add_judge();
    add_report_verify();
    add_adapters();
    add_explain();
    add_trust();
    add_selftest();
    add_keys();
    add_config();
    add_serve();
    add_log(app_, log_, command_);
    add_backup(app_, backup_, command_);
    add_audit(app_, audit_, command_);
    add_accounts(app_, accounts_, [this] { command_ = accounts_; });
    add_database(app_, database_, command_);
    add_proof();
    add_headers();
    add_witness(app_, witness_, command_);
  }

  Arguments read(int count, const char* const* words) {
    if (auto instead = parse_words(app_, count, words)) return *std::move(instead);
    return {.command = std::move(command_), .status = ExitStatus::kOk, .out = {}, .err = {}};
  }

 private:
  template <typename Options>
  void chosen(CLI::App& command, Options& options) {
    command.callback([this, &options] { command_ = options; });
  }

  void add_verify() {
    CLI::App& command = *app_.add_subcommand("verify", kVerify);
    command.add_option("CASE", verify_.cases, "Case folders or .zip files")->required();
    command.add_option("--trust", verify_.trust, "Trust list: whom this court believes (TOML)")
        ->type_name("FILE");
    command
        .add_option("--policy", verify_.policy, "Policy: how strictly (TOML; default: built in)")
        ->type_name("FILE");
    add_time(command, verify_.at);
    add_format(
        command, verify_.report.format,
        "Form of the report: text (default), html, json (the payload), jws (signed), pdf (an "
        "unsigned draft), xml (ETSI TS 119 102-2, unsigned) or zip (all to re-check it, unsigned)")
        .check(check_format)
        ->type_name("text|html|json|jws|pdf|xml|zip");
    add_report(command, verify_.report);
    command
        .add_option("--keys", verify_.report.keys, "Signing keys for jws, made by heyan keys new")
        ->type_name("DIR");
    command
        .add_option("--record", verify_.record, "Write the case record (.hcr) for judging again")
        ->type_name("FILE");
    add_threads(command, verify_.threads);
    chosen(command, verify_);
  }

  void add_hash() {
    CLI::App& command = *app_.add_subcommand("hash", kHash);
    command.add_option("FILE", hash_.files, "Files")->required();
    command
        .add_option("--algorithm", hash_.algorithms, "sha-256, sha-384, sha-512 or sm3; repeatable")
        ->check(check_hash)
        ->type_name("NAME");
    add_format(command, hash_.format, "text (default) or json")
        .check(check_list_format)
        ->type_name("text|json");
    command.add_flag_callback(
        "--json", [this] { hash_.format = Format::kJson; }, "The same as --format json");
    add_threads(command, hash_.threads);
    add_language(command, hash_.language);
    chosen(command, hash_);
  }

  void add_judge() {
    CLI::App& command = *app_.add_subcommand("judge", kJudge);
    command.add_option("RECORD", judge_.record, "Case record (.hcr) or bundle")->required();
    command.add_option("--trust", judge_.trust, "Trust list (default: the one in the record)")
        ->type_name("FILE");
    command.add_option("--policy", judge_.policy, "Policy (default: the one in the record)")
        ->type_name("FILE");
    add_time(command, judge_.at, "the time in the record");
    add_format(command, judge_.report.format,
               "Form of the report: text (default), html, json (the payload), pdf (a draft), xml "
               "(ETSI TS 119 102-2) or zip "
               "(with the record, unsigned)")
        .check(check_unsigned_format)
        ->type_name("text|html|json|pdf|xml|zip");
    add_report(command, judge_.report);
    chosen(command, judge_);
  }

  void add_report_verify() {
    CLI::App& report = *app_.add_subcommand("report", kReport);
    report.require_subcommand(1);
    CLI::App& command = *report.add_subcommand("verify", kReportVerify);
    add_report_verify_options(command, report_);
    add_renewal_options(command, report_);
    chosen(command, report_);
    add_report_diff(report);
    add_report_copy(report);
    add_report_check(report);
    CLI::App& renew = *report.add_subcommand("renew", kReportRenew);
    add_report_renew_options(renew, renew_);
    chosen(renew, renew_);
  }

  void add_report_diff(CLI::App& report) {
    CLI::App& command = *report.add_subcommand("diff", kReportDiff);
    command.add_option("OLD", diff_.before, "A report; a record or bundle to rejudge")->required();
    command.add_option("NEW", diff_.now, "Another report");
    command.add_flag("--rejudge", diff_.rejudge, "Compare the record with itself, judged today");
    command
        .add_option("--trust", diff_.trust, "Today's trust list (default: the one in the record)")
        ->type_name("FILE");
    command.add_option("--policy", diff_.policy, "Today's policy (default: the one in the record)")
        ->type_name("FILE");
    add_time(command, diff_.at);
    add_format(command, diff_.report.format, "text (default) or json")
        .check(check_list_format)
        ->type_name("text|json");
    add_language(command, diff_.report.language);
    add_out(command, diff_.report);
    chosen(command, diff_);
  }

  void add_report_copy(CLI::App& report) {
    CLI::App& command = *report.add_subcommand("copy", kReportCopy);
    command.add_option("REPORT", copy_.report, "Signed report (JWS) or bundle")->required();
    command
        .add_option("--for", copy_.reader,
                    "Who is to have it: court, party (that submitted), opponent, or a party's id")
        ->required()
        ->type_name("WHO");
    add_out(command, copy_.output);
    add_language(command, copy_.output.language);
    chosen(command, copy_);
  }

  void add_report_check(CLI::App& report) {
    CLI::App& command = *report.add_subcommand("check", kReportCheck);
    command
        .add_option("REPORT", check_.report.report,
                    "Signed report (JWS), sealed PDF or XML, bundle or ASiC-S container")
        ->required();
    command.add_option("FILE", check_.files, "Files of yours")->required();
    add_issuer(command, check_.report);
    chosen(command, check_);
  }

  void add_adapters() {
    CLI::App& adapters = *app_.add_subcommand("adapters", kAdapters);
    add_language(adapters, adapters_.language);
    adapters.require_subcommand(0, 1);
    adapters.callback([this, &adapters] {
      if (adapters.get_subcommands().empty()) command_ = adapters_;
    });
    CLI::App& command = *adapters.add_subcommand("try", kAdaptersTry);
    command.add_option("ADAPTER", try_.adapter, "One that `heyan adapters` lists")->required();
    command.add_option("FILE", try_.file, "The message, or a whole HTTP request")->required();
    command.add_option("--type", try_.content_type, "Content-Type of the message")
        ->type_name("TYPE");
    command.add_option("--part", try_.parts, "What comes along with it; repeatable")
        ->type_name("NAME=FILE");
    command.add_option("--setting", try_.settings, "As in [court.ADAPTER]; repeatable")
        ->type_name("NAME=TEXT");
    command.add_flag("--answer", try_.answer, "Print what the court's system would be told");
    add_format(command, try_.format, "text (default), or json: the case.json that is made of it")
        .check(check_list_format)
        ->type_name("text|json");
    add_language(command, try_.language);
    chosen(command, try_);
  }

  void add_explain() {
    CLI::App& command = *app_.add_subcommand("explain", kExplain);
    command.add_option("CODE", explain_.word,
                       "Reason code, check, verdict, standing sentence or article");
    command.add_flag("--list", explain_.list, "List every code and check");
    add_language(command, explain_.language);
    chosen(command, explain_);
  }

  void add_trust() {
    CLI::App& trust = *app_.add_subcommand("trust", kTrust);
    trust.require_subcommand(1);
    CLI::App& command = *trust.add_subcommand("check", kTrustCheck);
    command.add_option("FILE", trust_.file, "Trust list (TOML)")->required();
    add_time(command, trust_.at);
    add_language(command, trust_.language);
    chosen(command, trust_);
    add_trust_sign(trust);
  }

  void add_trust_sign(CLI::App& trust) {
    CLI::App& command = *trust.add_subcommand("sign", kTrustSign);
    command.add_option("FILE", sign_.trust, "Trust list (TOML)")->required();
    command.add_option("--policy", sign_.policy, "Policy (TOML; default: built in)")
        ->type_name("FILE");
    command.add_option("--key", sign_.keys, "Private key of the court (PEM, P-256); repeatable")
        ->required()
        ->type_name("FILE");
    command.add_option("--out", sign_.out, "Write the signed bundle to this file")
        ->required()
        ->type_name("FILE");
    command.add_option("--id", sign_.id, "Name of the bundle (default: that of the trust list)")
        ->type_name("TEXT");
    command
        .add_option("--version", sign_.version,
                    "A gateway never goes back to a lower one (default: "
                    "that of the trust list)")
        ->type_name("N");
    command
        .add_option_function<std::string>(
            "--next-update",
            [this](const std::string& text) { sign_.next_update = core::parse_rfc3339(text); },
            "Nothing is found consistent after it (default: that of the trust list)")
        ->check(check_time)
        ->type_name("RFC3339");
    add_language(command, sign_.language);
    chosen(command, sign_);
  }

  void add_config() {
    CLI::App& config = *app_.add_subcommand(
        "config",
        "Example:\n  heyan config check /etc/heyan/heyan.toml\n\nWorks with configurations.");
    config.require_subcommand(1);
    CLI::App& check = *config.add_subcommand("check", kConfigCheck);
    check.add_option("FILE", config_check_.file, "Configuration (TOML)")->required();
    check.add_flag("--before-start", config_check_.before_start,
                   "As the service asks: a certificate that ended is said, and no fault");
    add_language(check, config_check_.language);
    chosen(check, config_check_);
    CLI::App& show = *config.add_subcommand("show", kConfigShow);
    show.add_option("FILE", config_show_.file, "Configuration (TOML)");
    add_language(show, config_show_.language);
    chosen(show, config_show_);
  }

  void add_serve() {
    CLI::App& command = *app_.add_subcommand("serve", kServe);
    CLI::Option* config =
        command.add_option("--config", serve_.config, "Configuration (TOML)")->type_name("FILE");
    command
        .add_option("--state", serve_.state,
                    "Folder of an installation for development (default: heyan-state)")
        ->type_name("DIR")
        ->excludes(config);
    command.add_option("--sample", serve_.sample, "Folder of trust.toml for a new installation")
        ->type_name("DIR")
        ->excludes(config);
    command
        .add_option("--port", serve_.port,
                    "Port of a new installation (default: 8443); court systems have the next one")
        ->check(CLI::Range(1u, 64535u).description(""))
        ->type_name("N")
        ->excludes(config);
    command.add_flag("--prepare", serve_.prepare, "Make the installation, and leave")
        ->excludes(config);
    add_language(command, serve_.language);
    chosen(command, serve_);
  }

  void add_proof() {
    CLI::App& proof = *app_.add_subcommand(
        "proof",
        "Example:\n  heyan proof fetch --nodes nodes.toml --ledger arbitration-fisco --tx 0x913c… "
        "--out proof.json\n\nWorks with proofs.");
    proof.require_subcommand(1);
    CLI::App& command = *proof.add_subcommand("fetch", kProofFetch);
    add_proof_fetch_options(command, fetch_);
    chosen(command, fetch_);
  }

  void add_headers() {
    CLI::App& headers = *app_.add_subcommand("headers", kHeaders);
    headers.require_subcommand(1);
    CLI::App& command = *headers.add_subcommand("import", kHeadersImport);
    add_headers_import_options(command, import_);
    chosen(command, import_);
  }

  void add_selftest() {
    CLI::App& command = *app_.add_subcommand("selftest", kSelftest);
    add_language(command, selftest_.language);
    chosen(command, selftest_);
  }

  void add_keys() {
    CLI::App& keys = *app_.add_subcommand(
        "keys", "Example:\n  heyan keys new ./keys\n\nWorks with signing keys.");
    keys.require_subcommand(1);
    add_keys_renew(*keys.add_subcommand("renew", kKeysRenew));
    CLI::App& command = *keys.add_subcommand("new", kKeysNew);
    add_place(command, keys_, "New or empty folder",
              "Make the keys of this gateway instead, in its state folder and token");
    command.add_option("--name", keys_.name, "Name of the issuer in the certificates")
        ->check(check_issuer)
        ->type_name("TEXT");
    add_language(command, keys_.language);
    chosen(command, keys_);
  }

  void add_keys_renew(CLI::App& command) {
    add_place(command, keys_renew_, "Folder that keys new made",
              "Renew the certificates of this gateway's keys instead");
    command.add_flag("--dry-run", keys_renew_.only_look, "Say what would be done, and do nothing");
    add_language(command, keys_renew_.language);
    chosen(command, keys_renew_);
  }

  // Either a folder, or a gateway's.
  template <typename Options>
  static void add_place(CLI::App& command, Options& options, const char* folder,
                        const char* config) {
    CLI::Option_group& where = *command.add_option_group("Where");
    where.add_option("DIR", options.folder, folder);
    where.add_option("--config", options.config, config)->type_name("FILE");
    where.require_option(1);
  }

  CLI::App app_{kHeyan};
  std::optional<Command> command_;
  VerifyOptions verify_;
  HashOptions hash_;
  JudgeOptions judge_;
  ReportVerifyOptions report_;
  ReportDiffOptions diff_;
  ReportCopyOptions copy_;
  ReportCheckOptions check_;
  ReportRenewOptions renew_;
  AdaptersOptions adapters_;
  AdaptersTryOptions try_;
  ExplainOptions explain_;
  TrustCheckOptions trust_;
  SelftestOptions selftest_;
  KeysNewOptions keys_;
  KeysRenewOptions keys_renew_;
  TrustSignOptions sign_;
  ConfigCheckOptions config_check_;
  ConfigShowOptions config_show_;
  ServeOptions serve_;
  LogArguments log_;
  BackupArguments backup_;
  AuditVerifyOptions audit_;
  AccountsOptions accounts_;
  DatabaseArguments database_;
  ProofFetchOptions fetch_;
  HeadersImportOptions import_;
  WitnessArguments witness_;
};

}  // namespace

Arguments read_arguments(int count, const char* const* words) {
  return Reader().read(count, words);
}

}  // namespace heyan::cli
