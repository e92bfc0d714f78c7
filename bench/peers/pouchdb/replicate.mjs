// One desk: a document for each dossier, revised with each of its events, sent to the server after each round of events.
// node replicate.mjs URL LIVES.jsonl SCANS BYTES BATCH SECONDS; a line of LIVES is the list of one dossier's states. Prints JSON.
import { randomBytes } from 'node:crypto'
import { createInterface } from 'node:readline'
import { createReadStream } from 'node:fs'
import PouchDB from 'pouchdb'
import memory from 'pouchdb-adapter-memory'

const [url, file, scans, size, batch, seconds] = process.argv.slice(2)
const SCANNED = 2 // the third event: from then on the scan hangs on its document
PouchDB.plugin(memory)
const here = new PouchDB('desk', { adapter: 'memory' })
const there = new PouchDB(`${url}/desk`)
const lives = []
for await (const line of createInterface({ input: createReadStream(file) })) lives.push(JSON.parse(line))
const began = Date.now()
const late = () => Date.now() - began > seconds * 1000
const told = { rounds: 0, errors: 0, written: 0, failures: 0 }

async function revise (round) {
  const known = new Map((await here.allDocs()).rows.map(row => [row.id, row.value.rev]))
  const docs = lives.map((states, number) => {
    const id = `dossier-${number}`
    const doc = { _id: id, ...states[round] }
    if (known.has(id)) doc._rev = known.get(id)
    return doc
  })
  const kept = await Promise.all(docs.slice(0, scans).map(doc => doc._rev ? here.get(doc._id) : null))
  docs.slice(0, scans).forEach((doc, number) => {
    if (round === SCANNED) doc._attachments = { 'scan.pdf': { content_type: 'application/pdf', data: randomBytes(Number(size)).toString('base64') } }
    if (round > SCANNED) doc._attachments = kept[number]._attachments
  })
  await here.bulkDocs(docs)
}

async function send () {
  while (!late()) {
    const going = here.replicate.to(there, batch > 0 ? { batch_size: Number(batch) } : {})
    const timer = setTimeout(() => going.cancel(), Math.max(1, seconds * 1000 - (Date.now() - began)))
    try {
      const info = await going
      told.written += info.docs_written
      told.failures += info.doc_write_failures
      if (info.ok && info.status === 'complete') return true
    } catch (error) {
      told.errors += 1
      if (error.result) told.written += error.result.docs_written
      await new Promise(resolve => setTimeout(resolve, 50))
    } finally {
      clearTimeout(timer)
    }
  }
  return false
}

for (let round = 0; round < lives[0].length && !late(); round += 1) {
  await revise(round)
  if (!await send()) break
  told.rounds += 1
}
console.log(JSON.stringify({ ...told, seconds: (Date.now() - began) / 1000 }))
process.exit(0)
