// A CouchDB-compatible server in memory, on loopback; prints its address.
import express from 'express'
import expressPouchDB from 'express-pouchdb'
import PouchDB from 'pouchdb'
import memory from 'pouchdb-adapter-memory'

const InMemory = PouchDB.plugin(memory).defaults({ adapter: 'memory' })
const app = express()
app.use('/', expressPouchDB(InMemory, { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: process.argv[2] }))
const server = app.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`))
