// What a certificate says that its key is for, and the names that it goes by. Source: RFC 5280
// 4.2.1.3, 4.2.1.6 and 4.2.1.12, RFC 3161 2.3. Pure, any thread.
#pragma once

#include "verifier/crypto/certificate.h"

namespace heyan::crypto {

struct Purpose {
  bool only_time_stamping = false;  // extendedKeyUsage with id-kp-timeStamping and nothing else
  bool critical = false;            // that extension is
  bool only_signatures = false;     // keyUsage of digitalSignature and nonRepudiation, or none
};
Purpose purpose_of(const Certificate& certificate);

// Is `general_name` (GeneralName, DER) the subject of the certificate or one of its alternative
// names?
bool goes_by_name(const Certificate& certificate, core::ByteView general_name);

}  // namespace heyan::crypto
