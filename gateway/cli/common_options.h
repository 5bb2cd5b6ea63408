// Options that several commands have. For arguments.cc.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/cli/argument_checks.h"
#include "gateway/cli/options.h"

namespace heyan::cli {

inline void add_language(CLI::App& command, catalogue::Language& language) {
  command
      .add_option_function<std::string>(
          "--lang",
          [&language](const std::string& word) {
            language = word == "en" ? catalogue::Language::kEnglish : catalogue::Language::kChinese;
          },
          "Language: zh (default) or en")
      ->check(check_language)
      ->type_name("zh|en");
}

inline void add_time(CLI::App& command, std::optional<core::UtcTime>& at,
                     std::string_view otherwise = "now") {
  command
      .add_option_function<std::string>(
          "--at", [&at](const std::string& text) { at = core::parse_rfc3339(text); },
          "Time of judgement (default: " + std::string(otherwise) + ")")
      ->check(check_time)
      ->type_name("RFC3339");
}

inline void add_threads(CLI::App& command, unsigned& threads) {
  command.add_option("--threads", threads, "Threads, 1 to 256 (default: one for each core)")
      ->check(CLI::Range(1u, 256u).description(""))
      ->type_name("N");
}

inline CLI::Option& add_format(CLI::App& command, Format& format, const std::string& about) {
  return *command.add_option_function<std::string>(
      "--format", [&format](const std::string& word) { format = format_by_word(word); }, about);
}

// Whom the user believes, and in which language he is told.
inline void add_issuer(CLI::App& command, ReportVerifyOptions& options) {
  command.add_option("--key", options.keys, "Issuer's certificate or public key (PEM); repeatable")
      ->type_name("FILE");
  command
      .add_option(
          "--log", options.log,
          "Key of the issuer's report log (a vkey), or a tlog-policy of it and its witnesses: the "
          "report must stand in it")
      ->type_name("FILE");
  command
      .add_option("--tsa-ca", options.tsa,
                  "Certificates (PEM) of the time-stamp authority that you believe")
      ->type_name("FILE");
  add_language(command, options.language);
}

// Whose clocks count for the renewal of a report.
inline CLI::Option& add_authorities(CLI::App& command, std::filesystem::path& authorities) {
  return *command
              .add_option("--authorities", authorities,
                          "Trust list whose time-stamp authorities ([[tsa]]) count (TOML)")
              ->type_name("FILE");
}

inline void add_out(CLI::App& command, ReportOptions& options) {
  command.add_option("--out", options.out, "Write the report to this file")->type_name("FILE");
}

// In which words, how many of them, and where to.
inline void add_report(CLI::App& command, ReportOptions& options) {
  command
      .add_option_function<std::string>(
          "--level",
          [&options](const std::string& word) { options.level = *report::level_by_name(word); },
          "How much of it, as text or page: litigant, judge (default) or expert; or a worksheet of "
          "fingerprints: hash-report-us, hash-report-in")
      ->check(check_level)
      ->type_name("LEVEL");
  add_language(command, options.language);
  add_out(command, options);
}

// Of `heyan report verify` and `heyan-verify`.
inline void add_report_verify_options(CLI::App& command, ReportVerifyOptions& options) {
  CLI::Option_group& what = *command.add_option_group("What");
  what.add_option("REPORT", options.report,
                  "Signed report (JWS), sealed PDF or XML, or bundle (zip)");
  what.add_option("--qr", options.statement, "What a scanner read from a printed report")
      ->type_name("TEXT");
  what.require_option(1);
  add_issuer(command, options);
  command
      .add_option("--trust", options.trust,
                  "Of a bundle: the trust list that you hold; was it the one that was used?")
      ->type_name("FILE");
}

// Of both, too: what carries the report beyond its signatures.
inline void add_renewal_options(CLI::App& command, ReportVerifyOptions& options) {
  CLI::Option& renewal =
      *command.add_option("--renewal", options.renewal,
                          "Evidence record over the report, as heyan report renew wrote it");
  CLI::Option& authorities = add_authorities(command, options.authorities);
  renewal.type_name("FILE")->needs(&authorities)->excludes("--qr");
  authorities.needs(&renewal);
  command
      .add_option_function<std::string>(
          "--at", [&options](const std::string& text) { options.at = core::parse_rfc3339(text); },
          "When the renewal is judged (default: now)")
      ->check(check_time)
      ->type_name("RFC3339")
      ->needs(&renewal);
}

inline void add_report_renew_options(CLI::App& command, ReportRenewOptions& options) {
  command
      .add_option("REPORT", options.report.report,
                  "Signed report (JWS), sealed PDF or XML, bundle or ASiC-S container")
      ->required();
  add_issuer(command, options.report);
  add_authorities(command, options.report.authorities).required();
  command.add_option("--into", options.into, "The evidence record (default: REPORT.ers)")
      ->type_name("FILE");
  command
      .add_option("--algorithm", options.algorithm,
                  "sha-256, sha-384, sha-512 or sm3 (default: as before, SHA-256 at first); "
                  "another one than before renews the whole")
      ->check(CLI::IsMember({"sha-256", "sha-384", "sha-512", "sm3"}))
      ->type_name("ALGORITHM");
  CLI::Option_group& how = *command.add_option_group("How");
  how.add_option("--request", options.request, "Write what the authority is to be asked here")
      ->type_name("FILE");
  how.add_option("--response", options.response, "The authority's answer (.tsr)")
      ->type_name("FILE");
  how.add_option("--nodes", options.nodes, "Ask the authority of its [tsa] (TOML)")
      ->type_name("FILE");
  how.require_option(1);
}

inline void add_proof_fetch_options(CLI::App& command, ProofFetchOptions& options) {
  command.add_option("--nodes", options.nodes, "Which nodes may be asked (TOML)")
      ->required()
      ->type_name("FILE");
  command.add_option("--ledger", options.ledger, "Ledger, as the trust list calls it")
      ->required()
      ->type_name("ID");
  command
      .add_option("--tx", options.transaction,
                  "Hash (FISCO BCOS) or id (ChainMaker) of the transaction")
      ->required()
      ->type_name("TX");
  command.add_option("--trust", options.trust, "Trust list: verify the proof under it (TOML)")
      ->type_name("FILE");
  command.add_option("--out", options.out, "Write the proof to this new file")->type_name("FILE");
  add_language(command, options.language);
}

inline void add_headers_import_options(CLI::App& command, HeadersImportOptions& options) {
  command.add_option("FILE", options.files, "Tables of new headers (HEIGHT<TAB>HEADER)")
      ->required();
  command
      .add_option("--checkpoints", options.checkpoints,
                  "First headers of the periods, as the trust list has them")
      ->required()
      ->type_name("FILE");
  command.add_option("--into", options.into, "Table of the trust list, made where there is none")
      ->required()
      ->type_name("FILE");
  add_language(command, options.language);
}

}  // namespace heyan::cli
