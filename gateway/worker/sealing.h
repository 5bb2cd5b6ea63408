// A report printed or written as XML, with the report within, and sealed by the signer. In the
// render child.
#pragma once

#include <string>

#include "gateway/ipc/channel.h"
#include "gateway/pdf/fonts.h"
#include "gateway/worker/stamps.h"
#include "heyan/v1/gateway.pb.h"
#include "verifier/core/time.h"
#include "verifier/report/document.h"

namespace heyan::worker {

struct ToSeal {
  const std::string& payload;
  const std::string& envelope;
};
struct Pages {
  report::Document document;
  core::UtcTime as_of;
};

// First, once. kNotFound: the signer did not issue this report; kIo: it does not answer.
core::Result<v1::SealBegun> begin_sealing(const std::string& payload, ipc::Channel& signer);

// Then one of each, with a time stamp where one comes and fits. Errors as above, and those of print
// or of write_validation_report.
core::Result<std::string> seal_pdf(const ToSeal& report, const v1::SealBegun& begun,
                                   const Pages& pages, const pdf::Fonts& fonts,
                                   ipc::Channel& signer, Stamps& stamps);
// An ASiC-S container with a PDF that seal_pdf made; the stamp is the PDF's.
core::Result<std::string> seal_container(const std::string& pdf, ipc::Channel& signer);
core::Result<std::string> seal_xml(const ToSeal& report, const v1::SealBegun& begun,
                                   ipc::Channel& signer, Stamps& stamps);

}  // namespace heyan::worker
