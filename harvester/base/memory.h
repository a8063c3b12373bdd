// How the process deals with its memory.
#pragma once

namespace harvester {

// Makes the heap cheap to grow: what is freed is kept for the next use, and the heap lies in huge pages where
// the kernel has them. A page touched for the first time is a trap into the kernel, in a virtual machine into
// two, and those of a short command cost as much as its work. To be called once, at the start of main, while
// there is one thread; changes nothing where the C library isn't GNU's or the kernel doesn't want to.
void prepare_heap();

}  // namespace harvester
