// The help page of each command: an example first, then what it does. For arguments.cc.
#pragma once

namespace heyan::cli {

inline constexpr const char* kHeyan =
    "Example:\n"
    "  heyan verify gateway/sample/case --trust gateway/sample/trust/trust.toml --lang en\n\n"
    "Heyan checks electronic evidence against the ledgers that its proofs name, offline.\n"
    "Data goes to standard output, talk to standard error.";
inline constexpr const char* kVerify =
    "Example:\n"
    "  heyan verify gateway/sample/case --trust gateway/sample/trust/trust.toml\n\n"
    "Verifies cases (folders with case.json, or .zip files of them) and prints a report of each.\n"
    "Exit status: 0 all consistent, 10 some item not consistent, 11 some item open, 2 usage,\n"
    "65 malformed case, trust list or policy, 70 internal, 74 input/output.";
inline constexpr const char* kHash =
    "Example:\n"
    "  heyan hash gateway/sample/case/files/chat_log.json\n\n"
    "Prints the fingerprints of files (SHA-256 and SM3), each computed by two libraries.";
inline constexpr const char* kJudge =
    "Example:\n"
    "  heyan judge case.hcr --trust trust.toml --at 2030-01-01T00:00:00Z\n\n"
    "Judges a case record again, without the evidence files, under its own or another trust list.";
inline constexpr const char* kReport =
    "Example:\n  heyan report verify report.jws --key es256.cert.pem --key sm2.cert.pem\n\n"
    "Works with reports.";
inline constexpr const char* kReportVerify =
    "Example:\n"
    "  heyan report verify report.jws --key report-es256.cert.pem --key report-sm2.cert.pem \\\n"
    "    --log log.vkey\n"
    "  heyan report verify bundle.zip --key report-es256.cert.pem --key report-sm2.cert.pem \\\n"
    "    --key seal-es256.cert.pem --key xml-es256.cert.pem --log log.vkey\n"
    "  heyan report verify --qr HY1.AEHK... --key statement-es256.cert.pem\n\n"
    "Checks the signatures of a report against issuers' keys that you have from elsewhere.\n"
    "Of a PDF or XML the report within is the original: the seal is checked, then that report.\n"
    "Of a bundle every file is checked, and the record in it is judged again: it must give the\n"
    "same report. A report carries two signatures, so name both certificates of its issuer; a\n"
    "seal of a PDF has a third (seal-es256), one of XML a fourth (xml-es256).\n"
    "With --renewal it says since when the report existed, by the clocks of the authorities of "
    "your\n"
    "own trust list; a renewal makes no report better than it is.\n"
    "Exit status: 0 valid, 10 not valid, 11 undetermined.";
inline constexpr const char* kHeyanVerify =
    "Example:\n"
    "  heyan-verify bundle.zip --key report-es256.cert.pem --key report-sm2.cert.pem \\\n"
    "    --key seal-es256.cert.pem --key xml-es256.cert.pem --log log.vkey --lang en\n"
    "  heyan-verify --qr HY1.AEHK... --key statement-es256.cert.pem\n"
    "  heyan-verify report.jws --key ... --log log.vkey --renewal report.jws.ers \\\n"
    "    --authorities trust.toml\n\n"
    "Re-checks a verification report (bundle, JWS, sealed PDF or XML, code on paper) offline,\n"
    "by itself.\n"
    "It believes nobody but the keys that you name; none are built in or looked for elsewhere.\n"
    "Take them from the court that issued the report, not from whoever sent it to you.\n"
    "Exit status: 0 valid, 10 not valid, 11 undetermined, 2 usage, 65 a key is none, 74 no such "
    "file.";
inline constexpr const char* kReportDiff =
    "Example:\n"
    "  heyan report diff case.hcr --rejudge --trust trust.toml\n\n"
    "Says what changed between two reports, or how a record would be judged today and why, as an\n"
    "observation: it is no report. Signatures are not checked; heyan report verify does that.\n"
    "Exit status: 0 every verdict is the same, 10 some verdict differs.";
inline constexpr const char* kReportCopy =
    "Example:\n"
    "  heyan report copy report.jws --for opponent --out report-opponent.jws\n\n"
    "Makes a copy of a signed report that discloses to its reader no more personal data than his\n"
    "own. The copy has the same payload and signatures; what it withholds stays committed to.\n"
    "Of a bundle (.zip) the copy is a bundle: with the proofs that show nothing of other people's\n"
    "transactions, and without the record and the PDF.\n"
    "Exit status: 0 written, 65 not a signed report that holds together, or no such reader.";
inline constexpr const char* kReportRenew =
    "Example:\n"
    "  heyan report renew report.jws --key es256.cert.pem --key sm2.cert.pem \\\n"
    "    --authorities trust.toml --request report.tsq\n"
    "  heyan report renew report.jws --key es256.cert.pem --key sm2.cert.pem \\\n"
    "    --authorities trust.toml --response report.tsr\n"
    "  heyan report renew report.jws --key es256.cert.pem --key sm2.cert.pem \\\n"
    "    --authorities trust.toml --nodes nodes.toml\n\n"
    "Puts a time stamp over a report beside it (REPORT.ers), before what the report rests on "
    "ends;\n"
    "the next time, a stamp over that stamp. With --request it writes what a time-stamp authority\n"
    "is to be asked; with --response it takes the authority's answer; with --nodes it asks the one "
    "of\n"
    "[tsa] in that file itself, over SHA-256. Nothing is written of a\n"
    "report that does not stand, nor of a stamp that does not hold by the authorities of the "
    "list.\n"
    "Later: heyan report verify report.jws --renewal report.jws.ers --authorities trust.toml ...\n"
    "Exit status: 0 written, 10 or 11 the report or its renewal so far does not stand, 65 the "
    "answer\n"
    "is not good for it, 74 input/output.";
inline constexpr const char* kReportCheck =
    "Example:\n"
    "  heyan report check report.jws my-photo.jpg --key es256.cert.pem --key sm2.cert.pem\n\n"
    "Verifies a report as heyan report verify does, and says of which of its items each file has\n"
    "the fingerprint (SHA-256 and SM3), or that it is of none. Nothing leaves this machine.\n"
    "Exit status: 0 the report is valid and every file is of an item, 10 the report is not valid,\n"
    "11 the report is undetermined or some file is of no item.";
inline constexpr const char* kAdapters =
    "Example:\n"
    "  heyan adapters\n"
    "  heyan adapters try ecf5 filing.xml --part payload1@efsp.example=complaint.pdf\n\n"
    "Lists the courts' systems whose own messages Heyan takes.";
inline constexpr const char* kAdaptersTry =
    "Example:\n"
    "  heyan adapters try ecf5 filing.xml --part payload1@efsp.example=complaint.pdf\n"
    "  heyan adapters try ecf5 request.http --answer\n\n"
    "Shows what an adapter makes of a message: the case, where its files come from, and remarks.\n"
    "FILE is the message, or a whole request: header lines, an empty line, the body.\n"
    "Exit status: 0 it is a filing, 65 it has defects: all of them are named.";
inline constexpr const char* kExplain =
    "Example:\n"
    "  heyan explain QUORUM_NOT_REACHED\n\n"
    "Explains a reason code, a check, a verdict, a standing sentence of reports or an article of\n"
    "law (16, MSZJ93): what it means, and what can be done.";
inline constexpr const char* kTrust =
    "Example:\n  heyan trust check gateway/sample/trust/trust.toml\n\nWorks with trust lists.";
inline constexpr const char* kTrustCheck =
    "Example:\n"
    "  heyan trust check gateway/sample/trust/trust.toml\n\n"
    "Reads a trust list and prints whom it believes until when, or every defect with its line.";
inline constexpr const char* kSelftest =
    "Example:\n"
    "  heyan selftest\n\n"
    "Computes known answers with every algorithm and both cryptographic libraries. Exit status 0 "
    "or 70.";
inline constexpr const char* kKeysNew =
    "Example:\n"
    "  heyan keys new ./keys\n"
    "  heyan keys new --config /etc/heyan/heyan.toml --name \"某某法院\"\n\n"
    "Makes an ES256 and an SM2 key with certificates, readable by you alone, for --format jws "
    "--keys.\n"
    "With --config, all keys that a gateway signs with: of reports, receipts and its log. Keys "
    "that\n"
    "its token holds already are used; those that are missing are made there.";
inline constexpr const char* kKeysRenew =
    "Example:\n"
    "  heyan keys renew --config /etc/heyan/heyan.toml\n\n"
    "Makes new certificates for the same keys, valid for 395 days, in place of those that have "
    "ended\n"
    "or end within 60 days, and keeps the old ones beside them. Private keys are not changed, and\n"
    "reports from before verify with the old certificates and with the new. The gateway uses them\n"
    "when it is restarted. Exit status 11: one was issued by somebody else, and is to be renewed "
    "there.";
inline constexpr const char* kTrustSign =
    "Example:\n"
    "  heyan trust sign trust/trust.toml --key court-1.key.pem --key court-2.key.pem "
    "--out trust/bundle.jws\n\n"
    "Signs a trust list and policy as one object: what the court approves. A gateway believes it "
    "when\n"
    "as many of the court's keys signed as its configuration asks for.";
inline constexpr const char* kConfigCheck =
    "Example:\n"
    "  heyan config check /etc/heyan/heyan.toml\n\n"
    "Reads a gateway's configuration and names every defect with its line; then the files that it\n"
    "names, the certificates beside the gateway's keys and the log that these name, where it may "
    "read\n"
    "them. Exit status 0 or 65. With --before-start a certificate that has ended, or is not valid\n"
    "yet, is said and is no fault: a gateway starts beside it, takes cases in and signs nothing "
    "with\n"
    "that key.";
inline constexpr const char* kConfigShow =
    "Example:\n"
    "  heyan config show /etc/heyan/heyan.toml\n\n"
    "Prints the configuration in force, or without FILE an example with every key.";
inline constexpr const char* kProofFetch =
    "Example:\n"
    "  heyan proof fetch --nodes nodes.toml --ledger arbitration-fisco --out proof.json \\\n"
    "    --tx 0x913c03a861c5046cebdd110e3fbc15c93db2b4bf77cdc914cd6b1accb4b8883c --trust "
    "trust.toml\n\n"
    "Fetches the proof of a transaction from a node of its chain (FISCO BCOS, ChainMaker), checks "
    "that\n"
    "it holds together, and writes it as a case takes it. The one command that uses a network: it "
    "goes\n"
    "to the node that FILE names for the ledger and nowhere else. An example of FILE is in\n"
    "docs/fetching-proofs.md.\n"
    "Exit status: 0 fetched (with --trust: and it holds), 11 fetched and it does not hold, 2 "
    "usage,\n"
    "65 the node's answers or the files cannot be used, 74 no answer.";
inline constexpr const char* kHeaders =
    "Example:\n"
    "  heyan headers import new.tsv --checkpoints bitcoin/checkpoints.tsv --into "
    "bitcoin/headers.tsv\n\n"
    "Works with the block headers that a trust list keeps.";
inline constexpr const char* kHeadersImport =
    "Example:\n"
    "  heyan headers import new.tsv --checkpoints bitcoin/checkpoints.tsv --into "
    "bitcoin/headers.tsv\n\n"
    "Adds block headers of Bitcoin to the table by which OpenTimestamps proofs are judged. Work,\n"
    "links, targets, retargets and times of all of them together are checked; the table is "
    "written\n"
    "only if nothing is wrong. Take the headers from a node of the court, never from a party.\n"
    "Exit status: 0 written, 65 a table or a header is wrong, 74 input/output.";
inline constexpr const char* kServe =
    "Example:\n"
    "  heyan serve --state ./heyan-state --sample gateway/sample/trust\n\n"
    "Runs the gateway until SIGTERM or Ctrl-C. Without --config it makes an installation for\n"
    "development in --state, where there is none, and runs that: keys, certificates, a court "
    "system\n"
    "for demonstration, and the sample trust list.";

inline constexpr const char* kDatabase =
    "Example:\n"
    "  heyan database prepare --config /etc/heyan/heyan.toml --owner heyan_owner\n\n"
    "Works with the PostgreSQL server that several gateways share.";
inline constexpr const char* kDatabasePrepare =
    "Example:\n"
    "  heyan database prepare --config /etc/heyan/heyan.toml --owner heyan_owner \\\n"
    "    --owner-password-file /etc/heyan/owner.db-password\n\n"
    "Makes the tables of the [database] of a configuration, or brings them to this version, as the "
    "role\n"
    "that is to own them. What is there already is left. Before it, an administrator of the server "
    "makes\n"
    "the database and the roles: what is missing is said, with the words to make it. Run it as the "
    "user\n"
    "that the gateway runs as: it is recorded in audit/accounts of the state folder, or not done.\n"
    "Exit status: 0 the tables are there, 65 the configuration or a role, 74 the server is away.";
inline constexpr const char* kDatabaseReplay =
    "Example:\n"
    "  heyan database replay --config /etc/heyan/heyan.toml --log /var/lib/heyan/log-1f2e3d4c\n\n"
    "Deletes again what was deleted after a dump that was restored into the [database] of a\n"
    "configuration, as far as a copy of the old log's files tells of it; else it would be there\n"
    "again. Before any gateway starts, once for all of them: it is marked in the tables, and the\n"
    "gateway that starts first does it. [log] names a new log and the last checkpoint of the old\n"
    "one (follows), which must be no older than these files. What nobody had asked for when the\n"
    "dump was made, or what was held, is named and left. Run again it finds nothing more to do.\n"
    "Run it as the user that the gateway runs as: it is recorded in audit/accounts of the state\n"
    "folder, or not done.\n"
    "Exit status: 0 done, 65 the configuration, the log or the checkpoint cannot be used, 74\n"
    "input/output, or the server is away.";
inline constexpr const char* kAccounts =
    "Example:\n"
    "  heyan accounts add wang --config /etc/heyan/heyan.toml --role clerk --court 0192 \\\n"
    "    --name \"王书记员\"\n\n"
    "The people who may sign in. Works while the gateway runs; it has no need to know of it.";
inline constexpr const char* kAccountsAdd =
    "Example:\n"
    "  heyan accounts add wang --config /etc/heyan/heyan.toml --role clerk --court 0192 \\\n"
    "    --name \"王书记员\"\n\n"
    "Makes an account and prints its password, this once. A clerk and a judge are of one court.";
inline constexpr const char* kAccountsList =
    "Example:\n"
    "  heyan accounts list --config /etc/heyan/heyan.toml\n\n"
    "Lists the accounts, a line each, fields separated by tabs.";
inline constexpr const char* kAccountsDisable =
    "Example:\n"
    "  heyan accounts disable wang --config /etc/heyan/heyan.toml\n\n"
    "Nobody signs in with this account any more, and its sessions end at once. What it filed "
    "stays.";
inline constexpr const char* kAccountsEnable =
    "Example:\n"
    "  heyan accounts enable wang --config /etc/heyan/heyan.toml\n\n"
    "The opposite of disable. The password is the one before.";
inline constexpr const char* kAccountsLink =
    "Example:\n"
    "  heyan accounts link wang --config /etc/heyan/heyan.toml --subject 00u1f7k2 \\\n"
    "    --issuer https://sso.court.example\n\n"
    "Whoever that provider calls so signs in with this account from now on. The page that refuses\n"
    "somebody without an account says both; make sure whose they are.";
inline constexpr const char* kAccountsUnlink =
    "Example:\n"
    "  heyan accounts unlink wang --config /etc/heyan/heyan.toml --subject 00u1f7k2 \\\n"
    "    --issuer https://sso.court.example\n\n"
    "The opposite of link. The account's sessions end at once.";
inline constexpr const char* kAccountsIdentities =
    "Example:\n"
    "  heyan accounts identities wang --config /etc/heyan/heyan.toml\n\n"
    "Lists the identities that an account is linked to, a line each, fields separated by tabs.";
inline constexpr const char* kAccountsReset =
    "Example:\n"
    "  heyan accounts reset wang --config /etc/heyan/heyan.toml\n\n"
    "For a password that was forgotten or a telephone that was lost: prints a new password, takes\n"
    "the second factor away, and ends the account's sessions.";

inline constexpr const char* kLog =
    "Example:\n"
    "  heyan log audit heyan-state/log --key heyan-state/keys/log.vkey\n\n"
    "Looks into report logs.";
inline constexpr const char* kLogShow =
    "Example:\n"
    "  heyan log show heyan-state/log --from 1 --to 20\n\n"
    "Lists the entries of a published report log, or of a copy of it. It checks nothing: heyan log "
    "audit\n"
    "does.";
inline constexpr const char* kLogAudit =
    "Example:\n"
    "  heyan log audit heyan-state/log --key heyan-state/keys/log.vkey --since kept-checkpoint\n\n"
    "Checks a published report log, or a copy of it: every entry and tile is hashed again, the\n"
    "checkpoint must be signed and follow the one that you kept (DIR/checkpoint of an earlier "
    "look),\n"
    "no entry refers to what is not there, and intakes without a report after 24 hours are named.\n"
    "Exit status: 0 it holds, 10 it does not, 11 some intake is overdue or no key was named,\n"
    "65 malformed checkpoint or key, 74 input/output.";

inline constexpr const char* kAudit =
    "Example:\n"
    "  heyan audit verify heyan-state/audit/* --log heyan-state/log --key "
    "heyan-state/keys/log.vkey\n\n"
    "Looks into audit trails.";
inline constexpr const char* kAuditVerify =
    "Example:\n"
    "  heyan audit verify heyan-state/audit/* --log heyan-state/log --key "
    "heyan-state/keys/log.vkey\n\n"
    "Checks audit trails, or copies of them: each record holds both digests of the one before it, "
    "times\n"
    "do not go back unsaid, and the heads that the report log has are those of the trails. What "
    "follows\n"
    "the last head is only chained. Exit status: 0 all hold and the log covers each, 10 something "
    "does\n"
    "not hold, 11 something was not checked, 65 malformed key, 74 input/output.";

inline constexpr const char* kLogRenew =
    "Example:\n"
    "  heyan log renew --config /etc/heyan/heyan.toml\n\n"
    "Prepares a stopped gateway for a new report log after its database was restored from a "
    "backup.\n"
    "[log] of the configuration must give the new log a name that no log of these keys ever had,\n"
    "and name the last checkpoint of the old one (follows). It refuses while the gateway runs. "
    "The\n"
    "published files of the old log are kept beside the new ones. Where the signer had stopped\n"
    "because the old log was set back, what says so is removed and recorded; follows must then be\n"
    "no older than what the witness keeps. With the log the tables were set back, so confirmed\n"
    "deletions wait anew, nobody is signed in any more, and reports claim no search of what was\n"
    "lost; --log names a copy of the old log that knows more, and what was deleted since is "
    "deleted\n"
    "again. What a person must look at is printed. Where the tables are on a server ([database])\n"
    "none of that is done: steps 4 and 5 of \"Restored\" in docs/operator.md, before any gateway\n"
    "starts. The same command, with nothing lost, is the way on where the log was dated by a "
    "clock\n"
    "that was ahead.\n"
    "Of several gateways, run it on each before any of them starts. Run it as the user that the\n"
    "gateway runs as: it is recorded in audit/accounts of the state folder, or not done. Where it\n"
    "was cut short, run it again.\n"
    "Exit status: 0 done, 65 nothing new is named, the checkpoint cannot be used or the gateway "
    "runs,\n"
    "74 input/output.";

inline constexpr const char* kBackup =
    "Example:\n"
    "  heyan backup --config /etc/heyan/heyan.toml /backup/heyan-2026-11-28\n"
    "  heyan backup verify /backup/heyan-2026-11-28\n\n"
    "Copies a gateway while it runs: databases of one moment, evidence, log, configuration and "
    "trust.\n"
    "Private keys are left out unless --with-keys is given: keep them apart. The folder is there "
    "when\n"
    "all of it is on the disk, and not before. It names people and cases: keep it as secret as "
    "the\n"
    "gateway. Run it as the user that the gateway runs as. A folder within the state folder is "
    "refused.\n"
    "Exit status: 0 made, 11 made, and the gateway itself lacked some file, 65 or 74 not made.";
inline constexpr const char* kBackupVerify =
    "Example:\n"
    "  heyan backup verify /backup/heyan-2026-11-28\n\n"
    "Measures every file of a backup again, audits the log in it, and checks each report against "
    "that\n"
    "log and the certificates in it. What is encrypted is opened with --vault-key. Nothing is "
    "written.\n"
    "Exit status: 0 it holds, 10 it does not, 11 it holds, as one of an earlier version that "
    "lacks\n"
    "case records, 65 no backup, 74 input/output.";
inline constexpr const char* kRestore =
    "Example:\n"
    "  heyan restore /backup/heyan-2026-11-28 --config /etc/heyan/heyan.toml --keys /safe/keys\n\n"
    "Restores a backup into the empty state folder of the configuration. Its log is not "
    "continued:\n"
    "[log] gives a new log its name, and follows the file with the last checkpoint of the old one "
    "that\n"
    "anybody has; where there is no such file, that of the backup is written there.\n"
    "What was deleted after the backup is deleted again, as far as --log, a copy of the old log's\n"
    "files, tells of it. What was confirmed to be deleted waits anew, and nobody is signed in: "
    "holds,\n"
    "cancellations, accounts and rights are those of the backup, and to be looked at before "
    "people\n"
    "reach the gateway.\n"
    "Beside the keys, or in front/ beside a state folder's keys/, contents.key is found, too.\n"
    "Exit status: 0 restored, 11 restored, and the backup lacks some file, 65 the backup, "
    "configuration or checkpoint cannot be used, 74 "
    "input/output.";

inline constexpr const char* kWitness =
    "Example:\n"
    "  heyan witness new ./witness --name court.example/witness --log log.vkey\n"
    "  heyan witness run ./witness\n\n"
    "Watches transparency logs for an institution: cosigns that a log only ever grew (C2SP\n"
    "tlog-witness).";
inline constexpr const char* kWitnessNew =
    "Example:\n"
    "  heyan witness new ./witness --name court.example/witness --log heyan-state/keys/log.vkey\n\n"
    "Makes a witness in a new folder: its key, an empty memory and witness.toml, which names the\n"
    "logs that it watches. Prints its vkey, for whoever runs the logs.";
inline constexpr const char* kWitnessRun =
    "Example:\n"
    "  heyan witness run ./witness\n\n"
    "Runs the witness until SIGTERM or Ctrl-C, on the address in its witness.toml.";

}  // namespace heyan::cli
