// The keys of a gateway's signer, one for each use (security decision 15).
//
//   report-es256.* report-sm2.* receipt-es256.*   key, certificate, public key
//   seal-es256.* statement-es256.*                of PDF files, and of the codes printed on them
//   xml-es256.*                                   of XML files
//   log-ed25519.key.pem   log.vkey                the log's key, and how readers of the log name it
//
// With a token, the first and third key are in it, and beside them only certificate and public key.
// A certificate may be replaced by one that an authority issued for the same key.
// log.vkey is one line "NAME+KEYID+BASE64" (C2SP signed-note); NAME is the log's origin.
#pragma once

#include <string>

#include "gateway/keys/key_files.h"
#include "gateway/keys/token.h"
#include "gateway/ops/config.h"

namespace heyan::keys {

struct GatewayKeys {
  SigningPair report_es256;
  SigningPair report_sm2;
  SigningPair receipt;
  SigningPair seal;
  SigningPair xml_seal;
  SigningPair statement;
  crypto::SigningKey log;
  std::string log_name;
};

// In a new or empty folder. `common_name`: of the issuer, in the certificates. kMalformed: no name
// of a log. Keys that the token has already are taken as they are.
std::expected<void, Refusal> make_gateway_keys(const std::filesystem::path& folder,
                                               std::string_view common_name,
                                               std::string_view log_name, core::UtcTime now,
                                               const std::optional<ops::Token>& token = {});

// kMalformed: something of another kind, two files that do not belong together, or one key in two
// uses; kIo: missing, or others can read it; and those of Token. `does_not_sign`: of the token.
std::expected<GatewayKeys, Refusal> load_gateway_keys(const std::filesystem::path& folder,
                                                      const std::optional<ops::Token>& token = {},
                                                      Token::Told does_not_sign = {});

}  // namespace heyan::keys
