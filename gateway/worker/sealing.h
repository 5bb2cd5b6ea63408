// A report printed, with the report attached, and sealed by the signer. In the render child.
#pragma once

#include <string>

#include "gateway/ipc/channel.h"
#include "gateway/pdf/fonts.h"
#include "verifier/core/time.h"
#include "verifier/report/document.h"

namespace heyan::worker {

struct ToSeal {
  report::Document document;
  core::UtcTime as_of;
  const std::string& payload;
  const std::string& envelope;
};

// kNotFound: the signer did not issue this report; kIo: it does not answer; and those of print.
core::Result<std::string> seal(const ToSeal& report, const pdf::Fonts& fonts, ipc::Channel& signer);

}  // namespace heyan::worker
