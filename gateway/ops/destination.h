// A server that the egress process may connect to, as a table of a configuration names it.
//
// Threat: who may write that file decides where calls go to; no address comes from anywhere else
// (security decision 32). Values.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "verifier/trust/table.h"

namespace heyan::ops {

struct Destination {
  bool plain = false;  // http: what comes and goes bears its own signatures
  std::string host;    // of the URL: a name in small letters, or a numeric address
  std::uint16_t port = 443;
  std::string path;                    // "/", or beneath it
  std::string tls_name;                // that the certificate there must have; empty: the host
  std::filesystem::path ca;            // PEM: nobody else's certificates are believed
  std::filesystem::path certificate;   // PEM, for mutual TLS; empty: none is shown
  std::filesystem::path key;           // PEM
  std::vector<std::string> addresses;  // numeric; may be connected to although they are not public
  unsigned seconds = 30;               // for one answer, all of it
};
std::string url_of(const Destination& to);  // "https://node1.example:8545/"

enum class Scheme : std::uint8_t { kHttps, kEither };

// Reads url (or what it is called there), tls_name, ca, certificate, key, addresses and seconds.
// `folder` is put before relative paths; defects go to the table.
void read_destination(trust::Table& table, const std::filesystem::path& folder, Destination& into,
                      Scheme scheme = Scheme::kHttps, std::string_view url = "url");
// Of these the address alone.
void read_url(trust::Table& table, std::string_view key, Destination& into, Scheme scheme);

}  // namespace heyan::ops
