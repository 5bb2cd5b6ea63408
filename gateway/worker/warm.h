// What a parent does once, so that not each of its children has to.
#pragma once

namespace heyan::worker {

// Makes the descriptors and tables of every message that jobs are made of.
void prepare_messages();

}  // namespace heyan::worker
