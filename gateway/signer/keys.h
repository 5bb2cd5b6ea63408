// The keys of the signer, one for each use (security decision 15).
//
// Threat: whoever can read one can sign as this court. They exist in this process alone, from files
// of mode 0600; see keys_folder.h. Values.
#pragma once

#include <string>
#include <vector>

#include "verifier/crypto/certificate.h"
#include "verifier/crypto/signing.h"
#include "verifier/report/jws.h"

namespace heyan::signer {

struct Keys {
  std::vector<report::ReportSigner> report;  // ES256 and SM2
  report::ReportSigner receipt;              // ES256
  report::ReportSigner seal;                 // ES256, of PDF files
  report::ReportSigner xml_seal;             // ES256, of XML files
  report::ReportSigner statement;            // ES256, of the codes printed on them
  crypto::SigningKey log;                    // Ed25519
  std::string log_name;                      // of its key, and the log's origin
};

}  // namespace heyan::signer
