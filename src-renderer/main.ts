// First: schemas are made while the other modules load.
import './without-eval'
import { mount } from 'svelte'
import App from './App.svelte'
import './app.css'
import { Lab } from './state/lab.svelte'

const target = document.getElementById('app')
if (!target) throw new Error('index.html has no #app')
mount(App, { target, props: { lab: new Lab(window.tangent, window) } })
