/* For the trial in wine 8 alone, never shipped: what Windows 10 has in bcryptprimitives.dll. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE room, SIZE_T bytes) { return SystemFunction036(room, (ULONG)bytes); }
