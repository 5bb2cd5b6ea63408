#include "gateway/worker/warm.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <set>

#include "heyan/v1/case_record.pb.h"
#include "heyan/v1/gateway.pb.h"

namespace heyan::worker {
namespace {

using google::protobuf::FileDescriptor;
using google::protobuf::MessageFactory;

void prepare(const FileDescriptor& file, std::set<const FileDescriptor*>& done) {
  if (!done.insert(&file).second) return;
  for (int i = 0; i < file.dependency_count(); ++i) prepare(*file.dependency(i), done);
  for (int i = 0; i < file.message_type_count(); ++i) {
    MessageFactory::generated_factory()->GetPrototype(file.message_type(i))->GetReflection();
  }
}

}  // namespace

void prepare_messages() {
  std::set<const FileDescriptor*> done;
  prepare(*v1::JudgeJob::descriptor()->file(), done);
  prepare(*v1::RecordFile::descriptor()->file(), done);
}

}  // namespace heyan::worker
