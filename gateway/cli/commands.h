// What each command does. Each prints its own data and talk, and gives the exit status.
#pragma once

#include "gateway/cli/console.h"
#include "gateway/cli/exit_status.h"
#include "gateway/cli/options.h"

namespace heyan::cli {

ExitStatus run(const VerifyOptions& options, Console& console);
ExitStatus run(const JudgeOptions& options, Console& console);
ExitStatus run(const HashOptions& options, Console& console);
ExitStatus run(const ReportVerifyOptions& options, Console& console);
ExitStatus run(const ReportRenewOptions& options, Console& console);
ExitStatus run(const ReportDiffOptions& options, Console& console);
ExitStatus run(const ReportCopyOptions& options, Console& console);
ExitStatus run(const ReportCheckOptions& options, Console& console);
ExitStatus run(const AdaptersOptions& options, Console& console);
ExitStatus run(const AdaptersTryOptions& options, Console& console);
ExitStatus run(const ExplainOptions& options, Console& console);
ExitStatus run(const TrustCheckOptions& options, Console& console);
ExitStatus run(const SelftestOptions& options, Console& console);
ExitStatus run(const KeysNewOptions& options, Console& console);
ExitStatus run(const KeysRenewOptions& options, Console& console);
ExitStatus run(const TrustSignOptions& options, Console& console);
ExitStatus run(const ConfigCheckOptions& options, Console& console);
ExitStatus run(const ConfigShowOptions& options, Console& console);
ExitStatus run(const ServeOptions& options, Console& console);
ExitStatus run(const LogShowOptions& options, Console& console);
ExitStatus run(const LogAuditOptions& options, Console& console);
ExitStatus run(const AuditVerifyOptions& options, Console& console);
ExitStatus run(const LogRenewOptions& options, Console& console);
ExitStatus run(const BackupOptions& options, Console& console);
ExitStatus run(const BackupVerifyOptions& options, Console& console);
ExitStatus run(const RestoreOptions& options, Console& console);
ExitStatus run(const AccountsOptions& options, Console& console);
ExitStatus run(const DatabasePrepareOptions& options, Console& console);
ExitStatus run(const DatabaseReplayOptions& options, Console& console);
ExitStatus run(const ProofFetchOptions& options, Console& console);
ExitStatus run(const HeadersImportOptions& options, Console& console);
ExitStatus run(const WitnessNewOptions& options, Console& console);
ExitStatus run(const WitnessRunOptions& options, Console& console);

// Prints the trouble and gives its status.
ExitStatus report_trouble(const struct Trouble& trouble, Console& console);

// Data to standard output: kOk, or kInputOutput and a sentence that it cannot be written.
ExitStatus print(std::string_view data, Console& console);

// `heyan ARGUMENT...`: reads the command line and runs what it asks for. No exception leaves it.
ExitStatus run_heyan(int count, const char* const* words);

// `heyan-verify ARGUMENT...`, likewise.
ExitStatus run_heyan_verify(int count, const char* const* words);

}  // namespace heyan::cli
