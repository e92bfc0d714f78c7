<#
.SYNOPSIS
Builds the set-up program on a Windows PC, with python.org's own runtime, and signs it where a certificate is given.

.DESCRIPTION
Needs Python 3.11 (py launcher), git, NSIS (makensis) and mingw-w64 (gcc, windres) on the PATH. The layout and the script of the
set-up program are those of the build on Debian. The runtime must be the pinned file, for its modules bear no signature, and every
library in it must carry a valid signature of the Python Software Foundation or Microsoft; otherwise nothing is built.

.EXAMPLE
powershell -ExecutionPolicy Bypass -File installer\build.ps1
powershell -ExecutionPolicy Bypass -File installer\build.ps1 -Certificate 0123456789ABCDEF0123456789ABCDEF01234567
#>
param(
    [string] $Runtime = "https://www.python.org/ftp/python/3.11.9/python-3.11.9-embed-amd64.zip",  # an address, or a file on this PC
    [string] $Sha256 = "009d6bf7e3b2ddca3d784fa09f90fe54336d5b60f0e0f305c37f400bf83cfd3b",         # of that file
    [string] $Certificate = "",                                   # thumbprint of a code-signing certificate in the user's store
    [string] $TimeServer = "http://timestamp.digicert.com",
    [string] $Out = "dist"
)
$ErrorActionPreference = "Stop"
$env:PYTHONUTF8 = "1"  # paths and sentences have Vietnamese letters, which no code page of Windows holds
Set-Location (Join-Path $PSScriptRoot "..")

foreach ($tool in "py", "git", "makensis", "gcc", "windres") {
    if (-not (Get-Command $tool -ErrorAction SilentlyContinue)) { throw "$tool is missing. Install it, open a new window and run this again." }
}

$work = "build\runtime"
Remove-Item -Recurse -Force $work -ErrorAction SilentlyContinue
New-Item -ItemType Directory -Force $work | Out-Null
$archive = $Runtime
if ($Runtime -match "^https://") {
    $archive = "build\runtime.zip"
    Invoke-WebRequest -UseBasicParsing -Uri $Runtime -OutFile $archive
}
$digest = (Get-FileHash -Algorithm SHA256 $archive).Hash
if ($digest -ne $Sha256) { throw "$archive is not the pinned file: its SHA-256 is $digest. Don't ship it; find out where it came from." }
Expand-Archive -Force $archive $work
$trusted = "CN=Python Software Foundation|CN=Microsoft"
foreach ($file in Get-ChildItem $work -File | Where-Object { $_.Extension -in ".dll", ".pyd", ".exe" }) {
    $signature = Get-AuthenticodeSignature $file.FullName
    if ($signature.Status -ne "Valid" -or $signature.SignerCertificate.Subject -notmatch $trusted) {
        throw "$($file.Name) is not signed by the Python Software Foundation or Microsoft ($($signature.Status)). Don't ship it."
    }
}

py -3.11 -m venv .venv
if ($LASTEXITCODE -ne 0) { throw "Python 3.11 is missing. Install it from python.org and run this again." }
$python = ".venv\Scripts\python.exe"
foreach ($lock in "requirements.lock", "installer\package-tools.lock") {
    & $python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r $lock
    if ($LASTEXITCODE -ne 0) { throw "The dependencies of $lock could not be installed. Is there a network?" }
}

if ($Certificate) {
    $signtool = Get-ChildItem "${env:ProgramFiles(x86)}\Windows Kits\10\bin\*\x64\signtool.exe" | Sort-Object FullName | Select-Object -Last 1
    if (-not $signtool) { throw "signtool is missing: install the Windows SDK's signing tools." }
    $path = $signtool.FullName.Replace("\", "/")
    $env:SIGN_COMMAND = "'$path' sign /sha1 $Certificate /fd SHA256 /tr $TimeServer /td SHA256"
}
& $python -m installer.package windows --runtime $work --out $Out
if ($LASTEXITCODE -ne 0) { throw "The set-up program was not built; the sentence above says what is missing." }
if (-not $Certificate) { Write-Warning "Nothing is signed: Windows will warn whoever opens the set-up program." }
Write-Host "Now try it on this PC:  $python installer\verify.py `"$env:LOCALAPPDATA\Programs\QuayMotCua\counter.exe`""
