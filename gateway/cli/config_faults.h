// What is wrong with the files that a configuration names, so that `heyan config check` says before
// a start what the start would end with.
//
// Each read as the program reads it that needs it. All faults are told, a line for each, with its
// key, its file and what to do; empty where there is none. Nothing of what is in a file is said.
// Any thread. Source: the start of gateway/api/main.cc, gateway/worker/main.cc and
// gateway/signer/main.cc.
#pragma once

#include <string>

#include "gateway/ops/config.h"

namespace heyan::cli {

std::string faults_of_courts(const ops::Config& config);
// Certificates of the server and of who issues those of court systems; whether the key fits. A key
// that cannot be read is a secret's fault, and not told here.
std::string faults_of_tls(const ops::Config& config);
// Also a bundle older than one that was in force, where whoever asks owns the signer's database.
std::string faults_of_trust(const ops::Config& config);
// Which log it is and which one it follows, where whoever asks can read the gateway's keys. On a
// database server nobody looks whether the log has begun.
std::string faults_of_log(const ops::Config& config);
// Of who is asked for time stamps, and of witnesses: whose signatures count.
std::string faults_of_signatories(const ops::Config& config);
// Of whatever is called outside: who issued its certificate, and the one that is shown to it.
std::string faults_of_destinations(const ops::Config& config);
// The gateway's own keys and the certificates beside them, where whoever asks can read that folder.
std::string faults_of_own_keys(const ops::Config& config);
// Of the search for the same content, where whoever asks can read it.
std::string fault_of_contents_key(const ops::Config& config);
// The folder, and why it cannot be looked into; empty: it can.
std::string keys_unseen(const ops::Config& config);

// Whether the front's role on the server of [database] is in the group of whom the gateway serves.
// The only thing here that is asked elsewhere: a server that is not there is no fault, for it may
// be made later.
struct DatabaseRoles {
  std::string faults;
  std::string unseen;  // the server, and why it was not asked; empty: it was, or there is none
};
DatabaseRoles roles_of(const ops::Config& config);

}  // namespace heyan::cli
